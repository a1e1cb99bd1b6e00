namespace Mesh.Host.Sorry.Switches;

/// <summary>A way in which somebody may ask for what is down.</summary>
public enum SorryChannel
{
    Http,
    Smtp,

    /// <summary>Calls that carriers bring.</summary>
    Phone,
}
