using System.Net;

namespace Mesh.Host.Config.Model;

/// <summary>One site, as every site knows it.</summary>
/// <param name="Id">At most two characters, unique in the mesh: its name in the path of a hop header.</param>
public sealed record SiteConfig(string Name, string Id, IPAddress Host, ListenConfig Listen)
{
    /// <summary>What its second process is called in the shared journal; no site can be called that.</summary>
    public string SecondName => Name + "/second";
}
