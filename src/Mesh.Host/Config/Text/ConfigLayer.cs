namespace Mesh.Host.Config.Text;

/// <summary>Who may give a value, weakest first: a later layer wins over an earlier one.</summary>
public enum ConfigLayer
{
    Default,
    /// <summary><c>mesh.yaml</c>: what the sites share.</summary>
    Mesh,
    /// <summary><c>sites/NAME.yaml</c>: what differs.</summary>
    Site,
    /// <summary>A <c>MESH_*</c> variable.</summary>
    Environment,
    /// <summary><c>--set KEY=VALUE</c>.</summary>
    Flag,
}
