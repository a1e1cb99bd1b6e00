namespace Mesh.Media.Sounds;

/// <summary>Something to be heard, read 20 ms at a time by one <see cref="Playout"/>.</summary>
public interface ISoundSource
{
    /// <summary>
    /// Fills <paramref name="destination"/> (160 octets) with the next 20 ms in <paramref name="codec"/>, silence after the end of a sound that ends inside it.
    /// False when there is nothing left to play. Must not allocate or wait.
    /// </summary>
    bool Read(AudioCodec codec, Span<byte> destination);
}
