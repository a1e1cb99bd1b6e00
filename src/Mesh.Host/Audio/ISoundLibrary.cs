using Mesh.Media.Sounds;

namespace Mesh.Host.Audio;

/// <summary>The sounds of the bundle, by name.</summary>
public interface ISoundLibrary
{
    /// <summary>Null when there is no such sound.</summary>
    Sound? Find(string name);

    IReadOnlyCollection<string> Names { get; }
}
