namespace Mesh.Sip.Messages;

/// <summary>A stretch of an octet array, four octets wide so that a parsed header costs little. The default value means "absent"; no real part starts at 0 with length 0.</summary>
internal readonly struct Part(int start, int end)
{
    /// <summary>What a part can reach: header sections and URIs are never longer.</summary>
    public const int Reach = ushort.MaxValue;

    private readonly ushort start = (ushort)start;
    private readonly ushort length = (ushort)(end - start);

    public bool IsPresent => start != 0 || length != 0;

    public SipText In(byte[]? source) => IsPresent ? new SipText(source, start, length) : default;
}
