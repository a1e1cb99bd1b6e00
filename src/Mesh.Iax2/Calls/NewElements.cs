using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>Writes the elements of a NEW, all but the token (RFC 5456 section 6.2.2; VERSION comes first).</summary>
internal static class NewElements
{
    public const ushort ProtocolVersion = 2;

    /// <summary>False when they do not fit.</summary>
    public static bool TryWrite(Peer peer, NewCallOptions options, IReadOnlyList<VoiceFormat> formats, DateTimeOffset now, Span<byte> buffer, out int length)
    {
        var capability = formats.Aggregate(VoiceFormat.None, (all, one) => all | one);
        var elements = new ElementWriter(buffer);
        elements.AddUInt16(ElementId.Version, ProtocolVersion);
        elements.AddText(ElementId.CalledNumber, options.CalledNumber);
        elements.AddText(ElementId.CodecPreferences, VoiceFormats.ToPreferences(formats));
        elements.AddOptionalText(ElementId.CallingNumber, options.CallingNumber);
        elements.AddUInt8(ElementId.CallingPresentation, options.CallingPresentation);
        elements.AddUInt8(ElementId.CallingTypeOfNumber, options.CallingTypeOfNumber);
        elements.AddUInt16(ElementId.CallingTransitNetwork, options.CallingTransitNetwork);
        if (options.CallingAni2 is { } line) elements.AddUInt32(ElementId.CallingAni2, line);
        elements.AddOptionalText(ElementId.CallingName, options.CallingName);
        elements.AddOptionalText(ElementId.CallingAni, options.CallingAni);
        elements.AddOptionalText(ElementId.Language, options.Language);
        elements.AddOptionalText(ElementId.Dnid, options.Dnid);
        elements.AddOptionalText(ElementId.Rdnis, options.Rdnis);
        elements.AddOptionalText(ElementId.CalledContext, options.CalledContext);
        if (peer.Options.OurUsername != "") elements.AddText(ElementId.Username, peer.Options.OurUsername ?? peer.Name);
        if (Encryption.Offered(peer.Options) is var methods and not EncryptionMethods.None) elements.AddUInt16(ElementId.Encryption, (ushort)methods);
        elements.AddFormats(ElementId.Format, ElementId.Format2, formats[0]);
        elements.AddFormats(ElementId.Capability, ElementId.Capability2, capability);
        elements.AddUInt32(ElementId.DateTime, IaxDateTime.Encode(now));
        foreach (var variable in options.Variables) elements.AddVariable(variable.Name, variable.Value);
        length = elements.Length;
        return !elements.Overflowed;
    }
}
