namespace Mesh.Dialplan.Calls;

/// <summary>The path a call has taken, and R5.</summary>
internal static class MeshPath
{
    /// <summary>True when <paramref name="site"/> has handled this very target on this path, or has been on it <paramref name="visits"/> times.</summary>
    public static bool Blocks(IReadOnlyList<PathHop> path, string site, string key, int visits)
    {
        int been = 0;
        foreach (var hop in path)
        {
            if (hop.Site != site) continue;
            if (hop.Key == key) return true;
            been++;
        }
        return been >= visits;
    }
}
