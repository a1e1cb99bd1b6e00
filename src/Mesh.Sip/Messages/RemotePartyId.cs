namespace Mesh.Sip.Messages;

/// <summary>Remote-Party-ID (draft-ietf-sip-privacy-04): <c>"Name" &lt;sip:...&gt;;party=calling;screen=yes;privacy=off</c>, as carriers still send it.</summary>
public readonly struct RemotePartyId : IHeaderValue<RemotePartyId>
{
    private RemotePartyId(NameAddress address) => Address = address;

    public NameAddress Address { get; }

    /// <summary>About the caller: <c>party=calling</c>, or nothing said.</summary>
    public bool IsCalling => Says("party"u8, "calling"u8) || !Address.Parameters.Has("party"u8);

    /// <summary>Somebody vouches for the number.</summary>
    public bool IsScreened => Says("screen"u8, "yes"u8);

    /// <summary>The number is not to be shown: <c>privacy=full</c>, <c>yes</c>, <c>uri</c> or <c>name</c>.</summary>
    public bool HidesNumber => Says("privacy"u8, "full"u8) || Says("privacy"u8, "yes"u8) || Says("privacy"u8, "uri"u8) || Says("privacy"u8, "name"u8);

    public static bool TryParse(SipText text, out RemotePartyId value)
    {
        bool read = NameAddress.TryParse(text, out var address);
        value = new RemotePartyId(address);
        return read;
    }

    private bool Says(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word) => Address.Parameters[name].IsIgnoringCase(word);

    public override string ToString() => Address.ToString();
}
