namespace Mesh.Media.Jitter;

/// <summary>What is to be played now.</summary>
public enum JitterOutput : byte
{
    /// <summary>Nothing is due.</summary>
    Wait,
    /// <summary>The frame handed out.</summary>
    Frame,
    /// <summary>Something made up: a frame is missing, or the delay grows.</summary>
    Conceal,
    /// <summary>Nothing from now on, until somebody talks again.</summary>
    Silence,
}
