namespace Mesh.Host.Sorry.Copies;

/// <summary>The images a browser may choose from (HTML, section 4.8.4.2.1): addresses, which may hold commas, each with a descriptor or none.</summary>
public static class SourceSet
{
    /// <summary>Candidates that are read.</summary>
    public const int MaxCandidates = 50;

    public static IReadOnlyList<(string Address, string Descriptor)> Read(string text)
    {
        var read = new List<(string, string)>();
        for (int i = 0; read.Count < MaxCandidates;)
        {
            while (i < text.Length && (char.IsWhiteSpace(text[i]) || text[i] == ',')) i++;
            if (i >= text.Length) break;
            int start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i])) i++;
            string address = text[start..i];
            if (address.EndsWith(','))
            {
                read.Add((address.TrimEnd(','), ""));
                continue;
            }
            start = i;
            for (int depth = 0; i < text.Length && (depth > 0 || text[i] != ','); i++) depth += text[i] == '(' ? 1 : text[i] == ')' && depth > 0 ? -1 : 0;
            read.Add((address, text[start..i].Trim()));
        }
        return read;
    }

    public static string Write(IEnumerable<(string Address, string Descriptor)> candidates) =>
        string.Join(", ", candidates.Select(static c => c.Descriptor.Length == 0 ? c.Address : $"{c.Address} {c.Descriptor}"));
}
