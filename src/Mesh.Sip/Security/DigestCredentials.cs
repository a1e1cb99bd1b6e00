using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Security;

/// <summary>Digest credentials: Authorization and Proxy-Authorization (RFC 7616 section 3.4). Every value is as written, without its quotes.</summary>
public struct DigestCredentials : IHeaderValue<DigestCredentials>
{
    public SipText UserName { get; private set; }
    public SipText Realm { get; private set; }
    public SipText Nonce { get; private set; }
    public SipText Uri { get; private set; }
    public SipText Response { get; private set; }

    /// <summary>MD5 when nothing is said.</summary>
    public DigestAlgorithm Algorithm { get; private set; }

    /// <summary>Not present in the old form of RFC 2069.</summary>
    public SipText Qop { get; private set; }
    public SipText Cnonce { get; private set; }
    public SipText Opaque { get; private set; }

    /// <summary>Nonce count: eight hexadecimal digits, hashed as they are written.</summary>
    public SipText Nc { get; private set; }

    /// <summary>The nonce count as a number: 1 in the old form, 0 when it is none.</summary>
    public readonly uint NonceCount => !Qop.IsPresent ? 1
        : Nc.Length == 8 && System.Buffers.Text.Utf8Parser.TryParse(Nc.Span, out uint count, out int used, 'x') && used == 8 ? count : 0;

    /// <summary>
    /// False when it is no Digest, does not read, names a parameter twice, or lacks what its form needs: a nonce count for qop=auth, which is the only qop taken.
    /// </summary>
    public static bool TryParse(SipText text, out DigestCredentials credentials)
    {
        credentials = new DigestCredentials { Algorithm = DigestAlgorithm.Md5 };
        var reader = new AuthParameterReader(text);
        if (!reader.IsDigest) return false;
        int seen = 0;
        while (reader.Next())
        {
            int bit = credentials.Set(reader.Name, reader.Value);
            if ((seen & bit) != 0) return false;
            seen |= bit;
        }
        return !reader.IsBroken && credentials.IsComplete();
    }

    /// <summary>The credentials for <paramref name="realm"/> among those a request carries. False when there are none that read.</summary>
    public static bool TryFind(SipRequest request, HeaderName header, ReadOnlySpan<byte> realm, out DigestCredentials credentials)
    {
        foreach (var found in request.All<DigestCredentials>(header))
        {
            if (!found.Realm.Is(realm)) continue;
            credentials = found;
            return true;
        }
        credentials = default;
        return false;
    }

    private readonly bool IsComplete()
    {
        bool whole = UserName.IsPresent && Realm.IsPresent && !Nonce.IsEmpty && !Uri.IsEmpty && !Response.IsEmpty && Algorithm != DigestAlgorithm.Unknown;
        if (!Qop.IsPresent) return whole && !Algorithm.IsSession();
        return whole && Qop.IsIgnoringCase("auth"u8) && !Cnonce.IsEmpty && NonceCount > 0;
    }

    private int Set(SipText name, SipText value)
    {
        if (name.IsIgnoringCase("username"u8)) { UserName = value; return 1; }
        if (name.IsIgnoringCase("realm"u8)) { Realm = value; return 2; }
        if (name.IsIgnoringCase("nonce"u8)) { Nonce = value; return 4; }
        if (name.IsIgnoringCase("uri"u8)) { Uri = value; return 8; }
        if (name.IsIgnoringCase("response"u8)) { Response = value; return 16; }
        if (name.IsIgnoringCase("algorithm"u8)) { Algorithm = DigestAlgorithms.Find(value.Span); return 32; }
        if (name.IsIgnoringCase("qop"u8)) { Qop = value; return 64; }
        if (name.IsIgnoringCase("nc"u8)) { Nc = value; return 128; }
        if (name.IsIgnoringCase("cnonce"u8)) { Cnonce = value; return 256; }
        if (name.IsIgnoringCase("opaque"u8)) { Opaque = value; return 512; }
        return 0;
    }
}
