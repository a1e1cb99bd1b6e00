namespace Mesh.Sip.Messages;

/// <summary>Refer-To (RFC 3515): where to go, with what to do there in the URI: a method, and for an attended transfer the dialog to replace.</summary>
public readonly struct ReferTo : IHeaderValue<ReferTo>
{
    private ReferTo(NameAddress address) => Address = address;

    public NameAddress Address { get; }

    public SipUri Uri => Address.Uri;

    /// <summary>The method to use there; INVITE when not written.</summary>
    public SipMethod Method => SipMethod.TryParse(Uri.Parameters["method"u8].Span, out var method) ? method : SipMethod.Invite;

    public bool TryReplaces(out Replaces replaces) => Replaces.TryParse(Uri, out replaces);

    public static bool TryParse(SipText text, out ReferTo value)
    {
        bool read = NameAddress.TryParse(text, out var address);
        value = new ReferTo(address);
        return read;
    }

    public override string ToString() => Address.ToString();
}
