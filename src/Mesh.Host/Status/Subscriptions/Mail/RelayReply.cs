namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>What the relay says to a command: RFC 5321 section 4.2.</summary>
/// <param name="Lines">Without their codes.</param>
public readonly record struct RelayReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>Asking again would be answered the same.</summary>
    public bool IsFinal => Code >= 500;

    /// <summary>An extension it offers, by its keyword; the words after it.</summary>
    public string? Offer(string keyword)
    {
        foreach (string line in Lines.Skip(1))
            if (line.Split(' ', 2) is [var word, .. var rest] && word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return rest.Length > 0 ? rest[0] : "";
        return null;
    }
}

/// <summary>The relay cannot be used now. The message is for operators: it holds no address, no secret, and no words of the relay but its code.</summary>
public sealed class RelayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What became of a letter.</summary>
public enum Delivery
{
    /// <summary>The relay has taken it.</summary>
    Taken,

    /// <summary>It never will.</summary>
    Refused,

    /// <summary>It may, later.</summary>
    Later,
}
