using System.Text.Json;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Copies;

/// <summary>That copies of a site are to be taken: the body of a journal entry of kind <c>sorry-copy</c>, whose subject is the host. The site at which it was ordered takes them.</summary>
public sealed record CopyOrder
{
    /// <summary>The kind of the journal's entries.</summary>
    public const string Kind = "sorry-copy";

    /// <summary>The first page.</summary>
    public required Uri Url { get; init; }

    /// <summary>In seconds, how old a copy may get before another is taken; 0: it is taken once.</summary>
    public long Refresh { get; init; }

    /// <summary>Pages at most; 0: as many as a copy may have.</summary>
    public int Pages { get; init; }

    /// <summary>The site may have a private address.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Null when <paramref name="body"/> is none: the writer was another version.</summary>
    public static CopyOrder? Read(JsonElement body)
    {
        try { return body.Deserialize<CopyOrder>(SorryOrder.Json) is { Url.IsAbsoluteUri: true } order ? order : null; }
        catch (JsonException) { return null; }
    }

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, SorryOrder.Json);

    /// <summary>Null when it may be given, else why not.</summary>
    public string? Fault(CopyLimits limits)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https") || Url.UserInfo.Length > 0 || SorryTarget.Host(Url.IdnHost) is null) return "a copy is taken of an http or https address, https://www.example.org/";
        if (Url.AbsoluteUri.Length > limits.AddressLength) return $"an address has at most {limits.AddressLength} characters";
        if (Pages < 0 || Pages > limits.Pages) return $"a copy has at most {limits.Pages} pages";
        return Refresh == 0 || (Refresh >= limits.RefreshAtLeast.TotalSeconds && Refresh <= limits.RefreshAtMost.TotalSeconds)
            ? null : $"a copy is refreshed at most every {limits.RefreshAtLeast.TotalHours:0} hours and at least every {limits.RefreshAtMost.TotalDays:0} days";
    }
}
