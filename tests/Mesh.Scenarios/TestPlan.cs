using System.Text;

namespace Mesh.Scenarios;

/// <summary>What a test's bundle says: accounts, people and the dialplan.</summary>
public sealed record TestPlan(IReadOnlyList<string> Accounts, string Dialplan)
{
    public const string Secret = "correct-horse";

    /// <summary>Devices that register over IAX2.</summary>
    public IReadOnlyList<string> IaxAccounts { get; init; } = [];

    /// <summary>Other IAX2 systems, at host 30 and up of the net; each gives its name and <see cref="Secret"/>.</summary>
    public IReadOnlyList<string> IaxPeers { get; init; } = [];

    /// <summary>What more the configuration says of each of them: <c>, jitter_buffer: on</c>.</summary>
    public string IaxMore { get; init; } = "";

    /// <summary>People: number to accounts.</summary>
    public IReadOnlyDictionary<string, string[]> People { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The carrier's numbers, national significant, of which ours are <c>+442079460nnn</c>.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The paths between the sites are sealed; else tshark can read them.</summary>
    public bool Sealed { get; init; }

    public string RtpPorts { get; init; } = "20000-20399";

    public void Write(string folder, string net)
    {
        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        Directory.CreateDirectory(Path.Combine(folder, "dialplan"));
        Directory.CreateDirectory(Path.Combine(folder, "sites"));
        string key = Path.Combine(folder, "secrets/mesh.key");
        File.WriteAllText(key, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)) + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(folder, "mesh.yaml"), Yaml(net));
        File.WriteAllText(Path.Combine(folder, "dialplan/plan.csx"), Dialplan);
        foreach (string site in FourSites.Names) File.WriteAllText(Path.Combine(folder, $"sites/{site}.yaml"), "# nothing differs but the host, which mesh.yaml has\n");
    }

    private string Yaml(string net)
    {
        var y = new StringBuilder();
        y.AppendLine("name: scenarios").AppendLine("sites:");
        for (int i = 0; i < 4; i++) y.AppendLine($"  {FourSites.Names[i]}: {{ host: {net}.{i + 1} }}");
        y.AppendLine("mesh_key: { file: secrets/mesh.key }").AppendLine($"mesh_seal: {(Sealed ? "on" : "off")}").AppendLine("listen:");
        y.AppendLine("  sip: [ udp:5060, tcp:5060 ]").AppendLine("  iax2: udp:4569").AppendLine($"  rtp: {RtpPorts}").AppendLine("  admin: http:8080");
        y.AppendLine("phones:");
        foreach (string a in Accounts) y.AppendLine($"  {a}: {{ secret: {Secret} }}");
        foreach (string a in IaxAccounts) y.AppendLine($"  {a}: {{ secret: {Secret}, iax2: true{IaxMore} }}");
        if (IaxPeers.Count > 0) y.AppendLine("peers:");
        for (int i = 0; i < IaxPeers.Count; i++) y.AppendLine($"  {IaxPeers[i]}: {{ iax2: \"{net}.{30 + i}:4569\", user: {IaxPeers[i]}, secret: {Secret} }}");
        if (People.Count > 0) y.AppendLine("people:");
        foreach (var (number, phones) in People) y.AppendLine($"  \"{number}\": {{ name: Person {number}, phones: [ {string.Join(", ", phones)} ] }}");
        y.AppendLine("trunks:").AppendLine("  carrier:").AppendLine($"    sip: {{ from: [ {net}.9 ], to: {net}.9 }}").AppendLine("    numbers:");
        foreach (string n in Numbers) y.AppendLine($"      \"{n}\": [ london, manchester, office, offsite ]");
        return y.ToString();
    }
}
