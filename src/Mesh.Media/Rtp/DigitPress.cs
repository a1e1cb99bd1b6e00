namespace Mesh.Media.Rtp;

/// <summary>A key press on its way out as RFC 4733 packets.</summary>
internal sealed class DigitPress(char digit, byte code)
{
    public char Digit { get; } = digit;

    public byte Code { get; } = code;

    /// <summary>How long it is to last; null while the key is still down.</summary>
    public int? HeldMs { get; set; }
}
