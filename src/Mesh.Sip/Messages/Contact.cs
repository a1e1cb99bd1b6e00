using System.Buffers.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>One value of Contact (RFC 3261 section 20.10, RFC 5626): an address with its registration parameters, or the star that stands for all.</summary>
public readonly struct Contact : IHeaderValue<Contact>
{
    private Contact(bool isStar, NameAddress address)
    {
        IsStar = isStar;
        Address = address;
    }

    /// <summary><c>*</c>: all bindings; only with Expires 0 in a REGISTER (section 10.2.2).</summary>
    public bool IsStar { get; }

    /// <summary>Not present for the star.</summary>
    public NameAddress Address { get; }

    public SipUri Uri => Address.Uri;

    /// <summary>Seconds; null when not written or no number; a number too large is the largest.</summary>
    public uint? Expires => Grammar.TrySeconds(Address.Parameters["expires"u8].Span, out uint seconds) ? seconds : null;

    /// <summary>Preference in thousandths, 1000 when not written (section 20.10).</summary>
    public int Q
    {
        get
        {
            var text = Address.Parameters["q"u8].Span;
            return Utf8Parser.TryParse(text, out decimal q, out int used) && used == text.Length && q is >= 0 and <= 1 ? (int)(q * 1000) : 1000;
        }
    }

    /// <summary><c>+sip.instance</c> without quotes, angle brackets kept: names the device however it is reached.</summary>
    public SipText Instance
    {
        get
        {
            var value = Address.Parameters["+sip.instance"u8];
            return value.Length >= 2 && value.Span[0] == '"' ? value.Slice(1, value.Length - 1) : value;
        }
    }

    /// <summary><c>reg-id</c>: which of a device's flows; null when not written.</summary>
    public uint? RegId => Grammar.TryNumber(Address.Parameters["reg-id"u8].Span, int.MaxValue, out uint id) && id > 0 ? id : null;

    public static bool TryParse(SipText text, out Contact contact)
    {
        contact = default;
        if (text.Span.Trim(" \t"u8).SequenceEqual("*"u8)) { contact = new Contact(true, default); return true; }
        if (!NameAddress.TryParse(text, out var address)) return false;
        contact = new Contact(false, address);
        return true;
    }

    public override string ToString() => IsStar ? "*" : Address.ToString();
}
