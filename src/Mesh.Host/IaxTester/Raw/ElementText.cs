using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>How the data of an element is written.</summary>
public enum ElementShape
{
    Octets,
    Text,
    Number8,
    Number16,
    Number32,
    /// <summary>A mask of media formats, 32 bits.</summary>
    Formats,
    /// <summary>A version octet 0 and a mask of 64 bits.</summary>
    Formats2,
    Address,
}

/// <summary>Information elements in words, both ways: the RFC's names, <c>CALLED_NUMBER="600"</c>, <c>FORMAT=ulaw</c>, <c>element 200=hex 0102</c>.</summary>
public static class ElementText
{
    private static readonly Dictionary<ElementId, (string Name, ElementShape Shape)> Table = new()
    {
        [ElementId.CalledNumber] = ("CALLED_NUMBER", ElementShape.Text), [ElementId.CallingNumber] = ("CALLING_NUMBER", ElementShape.Text),
        [ElementId.CallingAni] = ("CALLING_ANI", ElementShape.Text), [ElementId.CallingName] = ("CALLING_NAME", ElementShape.Text),
        [ElementId.CalledContext] = ("CALLED_CONTEXT", ElementShape.Text), [ElementId.Username] = ("USERNAME", ElementShape.Text),
        [ElementId.Password] = ("PASSWORD", ElementShape.Text), [ElementId.Capability] = ("CAPABILITY", ElementShape.Formats),
        [ElementId.Format] = ("FORMAT", ElementShape.Formats), [ElementId.Language] = ("LANGUAGE", ElementShape.Text),
        [ElementId.Version] = ("VERSION", ElementShape.Number16), [ElementId.AdsiCpe] = ("ADSICPE", ElementShape.Number16),
        [ElementId.Dnid] = ("DNID", ElementShape.Text), [ElementId.AuthMethods] = ("AUTHMETHODS", ElementShape.Number16),
        [ElementId.Challenge] = ("CHALLENGE", ElementShape.Text), [ElementId.Md5Result] = ("MD5_RESULT", ElementShape.Text),
        [ElementId.RsaResult] = ("RSA_RESULT", ElementShape.Text), [ElementId.ApparentAddress] = ("APPARENT_ADDR", ElementShape.Address),
        [ElementId.Refresh] = ("REFRESH", ElementShape.Number16), [ElementId.DpStatus] = ("DPSTATUS", ElementShape.Number16),
        [ElementId.CallNumber] = ("CALLNO", ElementShape.Number16), [ElementId.Cause] = ("CAUSE", ElementShape.Text),
        [ElementId.IaxUnknown] = ("IAX_UNKNOWN", ElementShape.Number8), [ElementId.MessageCount] = ("MSGCOUNT", ElementShape.Number16),
        [ElementId.AutoAnswer] = ("AUTOANSWER", ElementShape.Octets), [ElementId.MusicOnHold] = ("MUSICONHOLD", ElementShape.Text),
        [ElementId.TransferId] = ("TRANSFERID", ElementShape.Number32), [ElementId.Rdnis] = ("RDNIS", ElementShape.Text),
        [ElementId.DateTime] = ("DATETIME", ElementShape.Number32), [ElementId.DeviceType] = ("DEVICETYPE", ElementShape.Text),
        [ElementId.ServiceIdent] = ("SERVICEIDENT", ElementShape.Text), [ElementId.FirmwareVersion] = ("FIRMWAREVER", ElementShape.Number16),
        [ElementId.FirmwareBlockDescription] = ("FWBLOCKDESC", ElementShape.Number32), [ElementId.FirmwareBlockData] = ("FWBLOCKDATA", ElementShape.Octets),
        [ElementId.ProvisioningVersion] = ("PROVVER", ElementShape.Number32), [ElementId.CallingPresentation] = ("CALLINGPRES", ElementShape.Number8),
        [ElementId.CallingTypeOfNumber] = ("CALLINGTON", ElementShape.Number8), [ElementId.CallingTransitNetwork] = ("CALLINGTNS", ElementShape.Number16),
        [ElementId.SamplingRate] = ("SAMPLINGRATE", ElementShape.Number16), [ElementId.CauseCode] = ("CAUSECODE", ElementShape.Number8),
        [ElementId.Encryption] = ("ENCRYPTION", ElementShape.Number16), [ElementId.EncryptionKey] = ("ENCKEY", ElementShape.Octets),
        [ElementId.CodecPreferences] = ("CODEC_PREFS", ElementShape.Text), [ElementId.ReceivedJitter] = ("RR_JITTER", ElementShape.Number32),
        [ElementId.ReceivedLoss] = ("RR_LOSS", ElementShape.Number32), [ElementId.ReceivedPackets] = ("RR_PKTS", ElementShape.Number32),
        [ElementId.ReceivedDelay] = ("RR_DELAY", ElementShape.Number16), [ElementId.ReceivedDropped] = ("RR_DROPPED", ElementShape.Number32),
        [ElementId.ReceivedOutOfOrder] = ("RR_OOO", ElementShape.Number32), [ElementId.Variable] = ("VARIABLE", ElementShape.Text),
        [ElementId.OspToken] = ("OSPTOKEN", ElementShape.Octets), [ElementId.CallToken] = ("CALLTOKEN", ElementShape.Text),
        [ElementId.Capability2] = ("CAPABILITY2", ElementShape.Formats2), [ElementId.Format2] = ("FORMAT2", ElementShape.Formats2),
        [ElementId.CallingAni2] = ("CALLINGANI2", ElementShape.Number32), [ElementId.Provisioning] = ("PROVISIONING", ElementShape.Octets),
        [ElementId.AesProvisioning] = ("AESPROVISIONING", ElementShape.Octets),
    };

    private static readonly Dictionary<string, ElementId> Ids = Table.ToDictionary(row => row.Value.Name, row => row.Key, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Known => Ids.Keys;

    /// <summary>An RFC name, or <c>element 200</c>.</summary>
    public static bool TryParseName(string text, out ElementId id)
    {
        if (Ids.TryGetValue(text, out id)) return true;
        bool isNumber = text.StartsWith("element ", StringComparison.OrdinalIgnoreCase) && byte.TryParse(text.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (isNumber) id = (ElementId)byte.Parse(text.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture);
        return isNumber;
    }

    public static string NameOf(ElementId id) => Table.TryGetValue(id, out var known) ? known.Name : $"element {(int)id}";

    public static ElementShape ShapeOf(ElementId id) => Table.TryGetValue(id, out var known) ? known.Shape : ElementShape.Octets;

    public static string Show(ElementId id, ReadOnlySpan<byte> data) => id switch
    {
        ElementId.Password => "PASSWORD=(hidden)",
        _ => $"{NameOf(id)}={(ShapeOf(id) == ElementShape.Text ? $"\"{Value(id, data)}\"" : Value(id, data))}",
    };

    /// <summary>The data as it would be written; octets in hexadecimal when they have not the length of their kind.</summary>
    public static string Value(ElementId id, ReadOnlySpan<byte> data) => (ShapeOf(id), data.Length) switch
    {
        (ElementShape.Text, _) => Encoding.UTF8.GetString(data),
        (ElementShape.Number8, 1) => data[0].ToString(CultureInfo.InvariantCulture),
        (ElementShape.Number16, 2) => BinaryPrimitives.ReadUInt16BigEndian(data).ToString(CultureInfo.InvariantCulture),
        (ElementShape.Number32, 4) => BinaryPrimitives.ReadUInt32BigEndian(data).ToString(CultureInfo.InvariantCulture),
        (ElementShape.Formats, 4) => Formats(BinaryPrimitives.ReadUInt32BigEndian(data)),
        (ElementShape.Formats2, 9) => Formats(BinaryPrimitives.ReadUInt64BigEndian(data[1..])),
        (ElementShape.Address, _) when ApparentAddress.TryRead(data, out var address) => address.ToString(),
        (_, 0) => "",
        _ => "hex " + Convert.ToHexStringLower(data),
    };

    private static string Formats(ulong mask)
    {
        if (mask == 0) return "none";
        var names = new List<string>();
        for (int bit = 0; bit < 64; bit++)
            if ((mask & (1UL << bit)) != 0) names.Add(Codecs.NameOf((VoiceFormat)(1UL << bit)));
        return string.Join('|', names);
    }
}
