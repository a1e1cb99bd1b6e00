using System.Diagnostics.CodeAnalysis;

namespace Mesh.Sip.Messages;

/// <summary>
/// A URI (RFC 3261 section 19.1, RFC 3966): sip and sips in their parts, tel as a number with parameters, any other scheme whole. Parts are as written, escapes
/// and all; <see cref="UnescapedUser"/> is for comparing and showing. Equality is that of section 19.1.4.
/// </summary>
public readonly struct SipUri : IHeaderValue<SipUri>, IEquatable<SipUri>
{
    private readonly byte[]? source;
    private readonly Part text, user, password, host, parameters, headers;
    private readonly ushort port;
    private readonly bool hasPort;

    internal SipUri(byte[]? source, in UriParts parts)
    {
        this.source = source;
        Scheme = parts.Scheme;
        (text, user, password, host) = (parts.Text, parts.User, parts.Password, parts.Host);
        (parameters, headers, port, hasPort) = (parts.Parameters, parts.Headers, parts.Port, parts.HasPort);
    }

    /// <summary>False for the default value only: every URI that was parsed has text.</summary>
    public bool IsPresent => source is not null;

    public UriScheme Scheme { get; }

    public bool IsSip => Scheme is UriScheme.Sip or UriScheme.Sips;

    /// <summary>The whole URI as written.</summary>
    public SipText Text => text.In(source);

    /// <summary>The user part, or a tel URI's number; not present when there is none.</summary>
    public SipText User => user.In(source);

    public string UnescapedUser => UriEscape.Decode(User.Span);

    public SipText Password => password.In(source);

    /// <summary>Host name, IPv4 address, or IPv6 reference with its brackets. Empty unless <see cref="IsSip"/>.</summary>
    public SipText Host => host.In(source);

    /// <summary>Null when not written: that is not the same as 5060 (section 19.1.4).</summary>
    public int? Port => hasPort ? port : null;

    public SipParameters Parameters => new(parameters.In(source), inUri: true);

    /// <summary>What follows the question mark: <c>name=value&amp;name=value</c>, escaped.</summary>
    public SipText Headers => headers.In(source);

    /// <summary>Reads a URI and nothing around it: no angle brackets, no white space.</summary>
    public static bool TryParse(SipText text, out SipUri uri)
    {
        bool read = UriParts.TryRead(text.Source, text.Start, text.Start + text.Length, out var parts);
        uri = read ? new SipUri(text.Source, parts) : default;
        return read;
    }

    /// <summary>Reads a URI known to be right. Throws <see cref="FormatException"/> when it is not.</summary>
    public static SipUri Parse(string text) => TryParse(SipText.From(text), out var uri) ? uri : throw new FormatException($"'{text}' is no URI");

    /// <summary>A sip URI; <paramref name="user"/> is escaped as needed, an IPv6 host has its brackets already.</summary>
    public static SipUri Sip(string? user, string host, int? port = null, string? parameters = null) =>
        Parse($"sip:{(user is null ? "" : UriEscape.EncodeUser(user) + "@")}{host}{(port is { } p ? $":{p}" : "")}{parameters}");

    /// <summary>This URI with a parameter put behind the others; one of that name already there is replaced.</summary>
    public SipUri WithParameter(string name, string? value)
    {
        var bare = WithoutParameter(name);
        string whole = bare.Text.ToString();
        int end = whole.Length - (bare.Headers.IsPresent ? bare.Headers.Length + 1 : 0);
        return Parse(whole.Insert(end, value is null ? $";{name}" : $";{name}={value}"));
    }

    public SipUri WithoutParameter(string name)
    {
        var wanted = SipText.From(name);
        if (!Parameters.Has(wanted.Span)) return this;
        string kept = "";
        foreach (var parameter in Parameters)
            if (!parameter.Name.IsIgnoringCase(wanted.Span))
                kept += parameter.Value.IsPresent ? $";{parameter.Name}={parameter.Value}" : $";{parameter.Name}";
        string whole = Text.ToString();
        int start = Parameters.Text.Start - Text.Start;
        return Parse(whole.Remove(start, Parameters.Text.Length).Insert(start, kept));
    }

    /// <summary>The URI in an array of its own, for what outlives the message.</summary>
    public SipUri Own() => TryParse(Text.Own(), out var uri) ? uri : this;

    public bool Equals(SipUri other) => UriComparison.AreEqual(this, other);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SipUri uri && Equals(uri);

    public override int GetHashCode() => UriComparison.Hash(this);

    public static bool operator ==(SipUri a, SipUri b) => a.Equals(b);

    public static bool operator !=(SipUri a, SipUri b) => !a.Equals(b);

    public override string ToString() => Text.ToString();
}
