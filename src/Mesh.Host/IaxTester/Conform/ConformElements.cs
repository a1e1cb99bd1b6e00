using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>The elements rows send.</summary>
public static class ConformElements
{
    public delegate void Fill(ref ElementWriter writer);

    public static byte[] Write(Fill fill)
    {
        var writer = new ElementWriter(new byte[2048]);
        fill(ref writer);
        return writer.Written.ToArray();
    }

    public static byte[] Cause(byte code) => Write((ref ElementWriter w) => w.AddUInt8(ElementId.CauseCode, code));

    /// <summary>A NEW as a plain telephone writes it, without token.</summary>
    public static byte[] New(string extension, string? user, VoiceFormat formats, ushort version = 2) => Write((ref ElementWriter w) =>
    {
        w.AddUInt16(ElementId.Version, version);
        w.AddText(ElementId.CalledNumber, extension);
        w.AddText(ElementId.CallingNumber, "5456");
        w.AddText(ElementId.CallingName, "mesh iax conform");
        w.AddOptionalText(ElementId.Username, user);
        w.AddUInt32(ElementId.Format, (uint)(formats & (VoiceFormat)(~(ulong)formats + 1)));
        w.AddUInt32(ElementId.Capability, (uint)formats);
    });

    public static byte[] WithToken(byte[] elements, ReadOnlySpan<byte> token) => [.. elements, (byte)ElementId.CallToken, (byte)token.Length, .. token];

    public static byte[] RegReq(string user, ushort refresh = 60) => Write((ref ElementWriter w) =>
    {
        w.AddText(ElementId.Username, user);
        w.AddUInt16(ElementId.Refresh, refresh);
    });

    public static byte[] Username(string user) => Write((ref ElementWriter w) => w.AddText(ElementId.Username, user));

    public static byte[] Md5(byte[] challenge, string secret) => Write((ref ElementWriter w) => w.AddText(ElementId.Md5Result, Authentication.Md5Result(challenge, secret)));
}
