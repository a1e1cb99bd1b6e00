namespace Mesh.Scenarios;

/// <summary>One run of SIPp.</summary>
public static class Sipp
{
    public static string Path { get; } = "/usr/bin/sipp";

    public static bool IsInstalled => File.Exists(Path);

    /// <summary>Starts SIPp with a file of <c>sipp-scenarios</c>; <c>@NAME@</c> in it is replaced from <paramref name="values"/>. One call, unless <paramref name="more"/> says otherwise.</summary>
    public static ChildProcess Start(string name, string folder, string file, string host, int port, IReadOnlyDictionary<string, string>? values = null, params string[] more)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(Checkout.Scenarios, file));
        foreach (var (key, value) in values ?? new Dictionary<string, string>()) text = text.Replace($"@{key}@", value, StringComparison.Ordinal);
        string copy = System.IO.Path.Combine(folder, $"{name}.xml");
        File.WriteAllText(copy, text);
        string[] arguments = ["-sf", copy, "-i", host, "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-nostdin", "-trace_err", "-trace_shortmsg", "-trace_msg", "-timeout_error", .. more];
        return new ChildProcess(name, Path, arguments, folder);
    }

    /// <summary>The messages of a run: when, sent or received, and the start line, from <c>-trace_shortmsg</c>.</summary>
    public static IReadOnlyList<(double Seconds, bool Sent, string Line)> Messages(string folder, ChildProcess process)
    {
        string file = System.IO.Path.Combine(folder, $"{process.Name}_{process.Id}_shortmessages.log");
        if (!File.Exists(file)) return [];
        var rows = new List<(double, bool, string)>();
        foreach (string line in File.ReadLines(file))
        {
            string[] f = line.Split('\t');
            if (f.Length < 7 || !double.TryParse(f[2], System.Globalization.CultureInfo.InvariantCulture, out double at)) continue;
            rows.Add((at, f[3] == "S", f[^1]));
        }
        return rows;
    }
}
