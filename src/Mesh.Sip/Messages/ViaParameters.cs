using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>What routing responses needs of a Via's parameters, found in one walk.</summary>
internal struct ViaParameters
{
    public Part All, Branch, Received;
    public ushort Rport;
    public bool HasRport;

    /// <summary>False when what follows <paramref name="at"/> is not parameters to the end. An rport that is no port counts as one without a value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, int at, out ViaParameters found)
    {
        found = default;
        var reader = new ParameterReader(octets, at);
        while (reader.Next())
        {
            if (!found.All.IsPresent) found.All = new Part(at, octets.Length);
            var name = octets[reader.NameStart..reader.NameEnd];
            if (name.Length == 5 && Ascii.EqualsIgnoreCase(name, "rport"u8)) found.SetRport(octets, reader);
            if (!reader.HasValue) continue;
            if (name.Length == 6 && Ascii.EqualsIgnoreCase(name, "branch"u8)) found.Branch = new Part(reader.ValueStart, reader.ValueEnd);
            if (name.Length == 8 && Ascii.EqualsIgnoreCase(name, "received"u8)) found.Received = new Part(reader.ValueStart, reader.ValueEnd);
        }
        return !reader.IsBroken;
    }

    private void SetRport(ReadOnlySpan<byte> octets, in ParameterReader reader)
    {
        HasRport = true;
        if (reader.HasValue && Grammar.TryNumber(octets[reader.ValueStart..reader.ValueEnd], ushort.MaxValue, out uint port)) Rport = (ushort)port;
    }
}
