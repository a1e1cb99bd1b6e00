using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>A request method: a known one is a value, any other token is carried as its text. Case matters (RFC 3261 section 7.1).</summary>
public readonly struct SipMethod : IEquatable<SipMethod>
{
    private readonly string? other;

    private SipMethod(SipMethodId id, string? other = null)
    {
        Id = id;
        this.other = other;
    }

    public SipMethodId Id { get; }

    public static SipMethod Invite => new(SipMethodId.Invite);
    public static SipMethod Ack => new(SipMethodId.Ack);
    public static SipMethod Bye => new(SipMethodId.Bye);
    public static SipMethod Cancel => new(SipMethodId.Cancel);
    public static SipMethod Register => new(SipMethodId.Register);
    public static SipMethod Options => new(SipMethodId.Options);
    public static SipMethod Info => new(SipMethodId.Info);
    public static SipMethod Prack => new(SipMethodId.Prack);
    public static SipMethod Update => new(SipMethodId.Update);
    public static SipMethod Refer => new(SipMethodId.Refer);
    public static SipMethod Subscribe => new(SipMethodId.Subscribe);
    public static SipMethod Notify => new(SipMethodId.Notify);
    public static SipMethod Message => new(SipMethodId.Message);
    public static SipMethod Publish => new(SipMethodId.Publish);

    public static implicit operator SipMethod(SipMethodId id) => new(id);

    /// <summary>Reads a method token. False when it is not a token; an unknown method costs one string.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SipMethod method)
    {
        var id = Lookup(text);
        if (id != SipMethodId.Unknown) { method = new SipMethod(id); return true; }
        method = default;
        if (!Grammar.IsToken(text)) return false;
        method = new SipMethod(SipMethodId.Unknown, Encoding.ASCII.GetString(text));
        return true;
    }

    public ReadOnlySpan<byte> Octets => Id switch
    {
        SipMethodId.Invite => "INVITE"u8,
        SipMethodId.Ack => "ACK"u8,
        SipMethodId.Bye => "BYE"u8,
        SipMethodId.Cancel => "CANCEL"u8,
        SipMethodId.Register => "REGISTER"u8,
        SipMethodId.Options => "OPTIONS"u8,
        SipMethodId.Info => "INFO"u8,
        SipMethodId.Prack => "PRACK"u8,
        SipMethodId.Update => "UPDATE"u8,
        SipMethodId.Refer => "REFER"u8,
        SipMethodId.Subscribe => "SUBSCRIBE"u8,
        SipMethodId.Notify => "NOTIFY"u8,
        SipMethodId.Message => "MESSAGE"u8,
        SipMethodId.Publish => "PUBLISH"u8,
        _ => Encoding.ASCII.GetBytes(other ?? ""),
    };

    public bool Equals(SipMethod other) => Id == other.Id && string.Equals(this.other, other.other, StringComparison.Ordinal);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SipMethod method && Equals(method);

    public override int GetHashCode() => other is null ? (int)Id : other.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(SipMethod a, SipMethod b) => a.Equals(b);

    public static bool operator !=(SipMethod a, SipMethod b) => !a.Equals(b);

    public override string ToString() => other ?? Encoding.ASCII.GetString(Octets);

    private static SipMethodId Lookup(ReadOnlySpan<byte> text) => text.Length switch
    {
        3 => text.SequenceEqual("ACK"u8) ? SipMethodId.Ack : text.SequenceEqual("BYE"u8) ? SipMethodId.Bye : default,
        4 => text.SequenceEqual("INFO"u8) ? SipMethodId.Info : default,
        5 => text.SequenceEqual("PRACK"u8) ? SipMethodId.Prack : text.SequenceEqual("REFER"u8) ? SipMethodId.Refer : default,
        6 => text.SequenceEqual("INVITE"u8) ? SipMethodId.Invite : text.SequenceEqual("CANCEL"u8) ? SipMethodId.Cancel
            : text.SequenceEqual("NOTIFY"u8) ? SipMethodId.Notify : text.SequenceEqual("UPDATE"u8) ? SipMethodId.Update : default,
        7 => text.SequenceEqual("OPTIONS"u8) ? SipMethodId.Options : text.SequenceEqual("MESSAGE"u8) ? SipMethodId.Message
            : text.SequenceEqual("PUBLISH"u8) ? SipMethodId.Publish : default,
        8 => text.SequenceEqual("REGISTER"u8) ? SipMethodId.Register : default,
        9 => text.SequenceEqual("SUBSCRIBE"u8) ? SipMethodId.Subscribe : default,
        _ => default,
    };
}
