namespace Mesh.Host.Tests.Config;

/// <summary>A bundle in a folder of its own, gone when disposed.</summary>
public sealed class BundleFolder : IDisposable
{
    public const string Key = "a-key-for-tests-only-0123456789";

    public const string TwoSites = $$"""
        name: two
        sites:
          london:     { host: 127.77.0.1 }
          manchester: { host: 127.77.0.2 }
        mesh_key: {{Key}}
        people:
          "301": { name: Matthew Bloch, phones: [ mbloch-desk ] }
        phones:
          mbloch-desk: { secret: correct-horse }
          fax-modem:   { secret: battery-staple, iax2: true }
        peers:
          oldpbx: { iax2: "192.0.2.10:4569", user: mesh, secret: shared-secret, auth: md5, calltoken: required, trunk: false }
        trunks:
          magrathea:
            sip: { from: [ 87.238.72.128/26, 127.77.0.9 ], to: sipipgw.example.net, max_calls: 10 }
            numbers: { "+442079460123": [ london, manchester ] }
        """;

    public BundleFolder(string mesh = TwoSites, bool dialplan = true)
    {
        Path = Directory.CreateTempSubdirectory("mesh-bundle-").FullName;
        Write("mesh.yaml", mesh);
        if (dialplan) Write("dialplan/plan.csx", "Extension(\"301\", call => call.Dial(Person(\"301\")));\n");
    }

    public string Path { get; }

    public BundleFolder Write(string name, string text, UnixFileMode? mode = null)
    {
        string full = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        if (mode is { } m && !OperatingSystem.IsWindows()) File.SetUnixFileMode(full, m);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
