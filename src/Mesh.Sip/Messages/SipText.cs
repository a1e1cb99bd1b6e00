using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mesh.Sip.Messages;

/// <summary>
/// A piece of a SIP message: octets of an array that never changes, seen without copying. Kept as long as anybody holds it; <see cref="Own"/> gives a copy that
/// does not keep the whole message alive. SIP text is UTF-8 (RFC 3261 section 7).
/// </summary>
public readonly struct SipText : IEquatable<SipText>, ISpanFormattable
{
    private readonly byte[]? source;
    private readonly int start;

    internal SipText(byte[]? source, int start, int length)
    {
        this.source = source;
        this.start = start;
        Length = length;
    }

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    /// <summary>False when what was asked for is not in the message; an empty header or parameter is present and empty.</summary>
    public bool IsPresent => source is not null;

    public ReadOnlySpan<byte> Span => new(source, start, Length);

    public ReadOnlyMemory<byte> Memory => new(source, start, Length);

    internal byte[]? Source => source;

    internal int Start => start;

    public static SipText From(string text) => From(text.AsSpan());

    /// <summary>Of <c>$"..."</c>, without a string in between.</summary>
    public static SipText From(ref DefaultInterpolatedStringHandler text)
    {
        var written = From(text.Text);
        text.Clear();
        return written;
    }

    public static SipText From(ReadOnlySpan<char> text)
    {
        var octets = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, octets);
        return new SipText(octets, 0, octets.Length);
    }

    /// <summary>Three texts that live as long as one another.</summary>
    internal static (SipText, SipText, SipText) From(string first, string second, string third)
    {
        var octets = new byte[Encoding.UTF8.GetByteCount(first) + Encoding.UTF8.GetByteCount(second) + Encoding.UTF8.GetByteCount(third)];
        int one = Encoding.UTF8.GetBytes(first, octets), two = one + Encoding.UTF8.GetBytes(second, octets.AsSpan(one));
        Encoding.UTF8.GetBytes(third, octets.AsSpan(two));
        return (new SipText(octets, 0, one), new SipText(octets, one, two - one), new SipText(octets, two, octets.Length - two));
    }

    public static SipText Copy(ReadOnlySpan<byte> octets) => new(octets.ToArray(), 0, octets.Length);

    /// <summary>The same text in an array of its own.</summary>
    public SipText Own() => source is null || source.Length == Length ? this : Copy(Span);

    /// <summary>The octets from <paramref name="from"/> up to <paramref name="to"/>, both counted from this text's start.</summary>
    public SipText Slice(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)to, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from, (uint)to);
        return new SipText(source, start + from, to - from);
    }

    /// <summary>Octet for octet.</summary>
    public bool Is(ReadOnlySpan<byte> other) => Span.SequenceEqual(other);

    /// <summary>Octet for octet but for the case of ASCII letters.</summary>
    public bool IsIgnoringCase(ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(Span, other);

    /// <summary>For tables: spread well, different in every process (see <see cref="OctetHash"/>).</summary>
    public ulong Hash64(ulong seed = 0) => OctetHash.Of(Span, seed);

    public bool Equals(SipText other) => Span.SequenceEqual(other.Span);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SipText other && Equals(other);

    public override int GetHashCode() => (int)Hash64();

    public static bool operator ==(SipText a, SipText b) => a.Equals(b);

    public static bool operator !=(SipText a, SipText b) => !a.Equals(b);

    public static implicit operator SipText(string text) => From(text);

    public override string ToString() => Encoding.UTF8.GetString(Span);

    string IFormattable.ToString(string? format, IFormatProvider? provider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) => Encoding.UTF8.TryGetChars(Span, destination, out written);
}
