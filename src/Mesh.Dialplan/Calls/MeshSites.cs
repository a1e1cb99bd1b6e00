using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Dialplan.Calls;

/// <summary>The sites of the mesh and their two-character ids, as paths and MACs name them. Ids follow from the names alone, so every site knows the same.</summary>
public sealed class MeshSites
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <param name="here">This site's name.</param>
    /// <param name="names">All sites, this one among them or not.</param>
    public MeshSites(string here, IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names.Append(here).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string digest = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            int at = 0;
            while (at + 2 <= digest.Length && !taken.Add(digest.Substring(at, 2))) at++;
            if (at + 2 > digest.Length) throw new ArgumentException("too many sites for two-character ids", nameof(names));
            ids[name] = digest.Substring(at, 2);
        }
        Here = here;
        HereId = ids[here];
    }

    /// <param name="sites">Every site with the id it was given, this one among them; ids are unique.</param>
    public MeshSites(string here, IEnumerable<(string Name, string Id)> sites)
    {
        foreach (var (name, id) in sites) ids.Add(name, id);
        Here = here;
        HereId = ids[here];
    }

    public string Here { get; }

    public string HereId { get; }

    /// <summary>The id of a site, null when there is no such site.</summary>
    public string? IdOf(string name) => ids.GetValueOrDefault(name);
}
