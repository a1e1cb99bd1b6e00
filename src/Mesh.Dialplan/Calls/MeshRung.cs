namespace Mesh.Dialplan.Calls;

/// <summary>
/// The second line (R11): SIP <c>Mesh-Rung:</c>, IAX2 variable <c>MESHRUNG</c>. The devices that ring or have rung for this origin, as six-character hashes written end to end:
/// so 40 of them, as many as the default credit can ring, fit one element of 255 octets. The hop header's MAC covers it.
/// </summary>
public static class MeshRung
{
    /// <summary>Most devices one line holds.</summary>
    public const int MaxDevices = 40;

    /// <summary>Reads a line; an absent one is empty. False when it is not a whole number of hashes, or too long.</summary>
    public static bool TryParse(string? line, out IReadOnlyList<string> devices)
    {
        devices = [];
        if (string.IsNullOrEmpty(line)) return true;
        if (line.Length % MeshHash.Length != 0 || line.Length > MaxDevices * MeshHash.Length || !MeshHash.IsBase64Url(line)) return false;
        var read = new string[line.Length / MeshHash.Length];
        for (int i = 0; i < read.Length; i++) read[i] = line.Substring(i * MeshHash.Length, MeshHash.Length);
        devices = read;
        return true;
    }

    /// <summary>Null when there are none: then no line is sent.</summary>
    public static string? Write(IReadOnlyCollection<string> devices) => devices.Count == 0 ? null : string.Concat(devices.Order(StringComparer.Ordinal));
}
