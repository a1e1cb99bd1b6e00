using System.Buffers.Binary;
using System.Text;
using Mesh.Io;

namespace Mesh.Iax2.Wire;

/// <summary>
/// The information elements of one IAX frame, read whole. Unknown ones are skipped, one of a fixed size with another length is ignored, a repeated one
/// replaces the earlier, repeated variables of one name are joined, text ends at its first NUL.
/// </summary>
public sealed class Elements
{
    public static readonly Elements None = new();

    public string? CalledNumber { get; private set; }
    public string? CallingNumber { get; private set; }
    public string? CallingAni { get; private set; }
    public string? CallingName { get; private set; }
    public string? CalledContext { get; private set; }
    public string? Username { get; private set; }
    public string? Password { get; private set; }
    public string? Language { get; private set; }
    public string? Dnid { get; private set; }
    public string? Rdnis { get; private set; }
    public string? Cause { get; private set; }
    public string? CodecPreferences { get; private set; }
    public string? Md5Result { get; private set; }
    public string? RsaResult { get; private set; }
    public byte[]? Challenge { get; private set; }
    /// <summary>Null when absent; empty when the sender offers to take a token.</summary>
    public byte[]? CallToken { get; private set; }
    public ushort? Version { get; private set; }
    public AuthenticationMethods? AuthMethods { get; private set; }
    /// <summary>Seconds.</summary>
    public ushort? Refresh { get; private set; }
    public ushort? MessageCount { get; private set; }
    public ushort? Encryption { get; private set; }
    public byte? CauseCode { get; private set; }
    public byte? CallingPresentation { get; private set; }
    /// <summary>Type and plan of the calling number, the octet of Q.931 section 4.5.10.</summary>
    public byte? CallingTypeOfNumber { get; private set; }
    public ushort? CallingTransitNetwork { get; private set; }
    /// <summary>What kind of line calls.</summary>
    public uint? CallingAni2 { get; private set; }
    public DialplanStatus? DialplanStatus { get; private set; }
    /// <summary>What the sender's clock says, if that is a time at all.</summary>
    public DateTimeOffset? DateTime { get; private set; }
    /// <summary>Null when absent; else the class of music, which may be empty.</summary>
    public string? MusicOnHold { get; private set; }
    public bool AutoAnswer { get; private set; }
    public byte? IaxUnknown { get; private set; }
    public uint? ReceivedJitter { get; private set; }
    public uint? ReceivedLoss { get; private set; }
    public uint? ReceivedPackets { get; private set; }
    /// <summary>Milliseconds.</summary>
    public ushort? ReceivedDelay { get; private set; }
    public ushort? CallNumber { get; private set; }
    public uint? TransferId { get; private set; }
    public NetAddress? ApparentAddress { get; private set; }
    public IReadOnlyList<IaxVariable> Variables { get; private set; } = [];

    private VoiceFormat? format32, format64, capability32, capability64;

    /// <summary>FORMAT2 when present, else FORMAT.</summary>
    public VoiceFormat? Format => format64 ?? format32;

    /// <summary>CAPABILITY2 when present, else CAPABILITY.</summary>
    public VoiceFormat? Capability => capability64 ?? capability32;

    /// <summary>False when an element runs past the end: the frame is undecodable.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Elements elements)
    {
        elements = None;
        if (payload.IsEmpty) return true;
        if (!ElementReader.IsWellFormed(payload)) return false;
        elements = new Elements();
        var reader = new ElementReader(payload);
        while (reader.MoveNext()) elements.Take(reader.Id, reader.Data);
        return true;
    }

    private void Take(ElementId id, ReadOnlySpan<byte> data)
    {
        switch (id)
        {
            case ElementId.CalledNumber: CalledNumber = Text(data); break;
            case ElementId.CallingNumber: CallingNumber = Text(data); break;
            case ElementId.CallingAni: CallingAni = Text(data); break;
            case ElementId.CallingName: CallingName = Text(data); break;
            case ElementId.CalledContext: CalledContext = Text(data); break;
            case ElementId.Username: Username = Text(data); break;
            case ElementId.Password: Password = Text(data); break;
            case ElementId.Language: Language = Text(data); break;
            case ElementId.Dnid: Dnid = Text(data); break;
            case ElementId.Rdnis: Rdnis = Text(data); break;
            case ElementId.Cause: Cause = Text(data); break;
            case ElementId.CodecPreferences: CodecPreferences = Text(data); break;
            case ElementId.MusicOnHold: MusicOnHold = Text(data); break;
            case ElementId.AutoAnswer: AutoAnswer = true; break;
            case ElementId.Md5Result: Md5Result = Text(data); break;
            case ElementId.RsaResult: RsaResult = Text(data); break;
            case ElementId.Challenge: Challenge = data.ToArray(); break;
            case ElementId.CallToken: CallToken = data.ToArray(); break;
            case ElementId.Variable: Variables = IaxVariable.Join(Variables, Text(data)); break;
            case ElementId.ApparentAddress: if (Wire.ApparentAddress.TryRead(data, out var address)) ApparentAddress = address; break;
            default: TakeNumber(id, data); break;
        }
    }

    private void TakeNumber(ElementId id, ReadOnlySpan<byte> data)
    {
        switch (id, data.Length)
        {
            case (ElementId.Version, 2): Version = UInt16(data); break;
            case (ElementId.AuthMethods, 2): AuthMethods = (AuthenticationMethods)UInt16(data); break;
            case (ElementId.Refresh, 2): Refresh = UInt16(data); break;
            case (ElementId.MessageCount, 2): MessageCount = UInt16(data); break;
            case (ElementId.Encryption, 2): Encryption = UInt16(data); break;
            case (ElementId.CauseCode, 1): CauseCode = data[0]; break;
            case (ElementId.CallingPresentation, 1): CallingPresentation = data[0]; break;
            case (ElementId.CallingTypeOfNumber, 1): CallingTypeOfNumber = data[0]; break;
            case (ElementId.CallingTransitNetwork, 2): CallingTransitNetwork = UInt16(data); break;
            case (ElementId.CallingAni2, 4): CallingAni2 = UInt32(data); break;
            case (ElementId.DpStatus, 2): DialplanStatus = (DialplanStatus)UInt16(data); break;
            case (ElementId.DateTime, 4): DateTime = IaxDateTime.TryDecode(UInt32(data), out var time) ? time : null; break;
            case (ElementId.IaxUnknown, 1): IaxUnknown = data[0]; break;
            case (ElementId.ReceivedJitter, 4): ReceivedJitter = UInt32(data); break;
            case (ElementId.ReceivedLoss, 4): ReceivedLoss = UInt32(data); break;
            case (ElementId.ReceivedPackets, 4): ReceivedPackets = UInt32(data); break;
            case (ElementId.ReceivedDelay, 2): ReceivedDelay = UInt16(data); break;
            case (ElementId.CallNumber, 2): CallNumber = UInt16(data); break;
            case (ElementId.TransferId, 4): TransferId = UInt32(data); break;
            case (ElementId.Format, 4): format32 = (VoiceFormat)UInt32(data); break;
            case (ElementId.Capability, 4): capability32 = (VoiceFormat)UInt32(data); break;
            // The first octet is a version; only 0 is known.
            case (ElementId.Format2, 9) when data[0] == 0: format64 = (VoiceFormat)BinaryPrimitives.ReadUInt64BigEndian(data[1..]); break;
            case (ElementId.Capability2, 9) when data[0] == 0: capability64 = (VoiceFormat)BinaryPrimitives.ReadUInt64BigEndian(data[1..]); break;
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint UInt32(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32BigEndian(data);

    private static string Text(ReadOnlySpan<byte> data)
    {
        int nul = data.IndexOf((byte)0);
        return Encoding.UTF8.GetString(nul < 0 ? data : data[..nul]);
    }
}
