namespace Mesh.Host.Sorry.Phone;

/// <summary>The name of a recorded announcement: a file of the bundle's <c>sounds/</c>, without the folder and without <c>.wav</c>, as a dialplan names it.</summary>
public static class SorryRecording
{
    public const int MaxLength = 100;

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /");

    /// <summary><c>sounds/closed.wav</c>, <c>closed.wav</c> and <c>closed</c> are one; null when it is no name of a file within the folder.</summary>
    public static string? Parse(string text)
    {
        string name = text.StartsWith("sounds/", StringComparison.Ordinal) ? text["sounds/".Length..] : text;
        if (name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        bool isName = name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Letters) && name.Split('/').All(part => part.Trim('.', ' ').Length > 0);
        return isName ? name : null;
    }

    /// <summary>Where it is, below <paramref name="folder"/>.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(folder, name + ".wav");
}
