namespace Mesh.Media.Sounds;

/// <summary>
/// The true frequency of a tone near a nominal one, by how its phase turns from one block to the next: off by d hertz, it turns by 2 pi d T more than it should.
/// Unambiguous within 1 / 2T on either side (25 Hz for blocks of 20 ms).
/// </summary>
internal sealed class FrequencyEstimate(double nominalHz, double blockSeconds)
{
    private double? lastPhase;
    private double turned;
    private int pairs;

    public double Hertz => pairs == 0 ? 0 : nominalHz + turned / pairs / (2 * Math.PI * blockSeconds);

    public void Add(double phase)
    {
        if (lastPhase is { } before)
        {
            turned += Math.IEEERemainder(phase - before - 2 * Math.PI * nominalHz * blockSeconds, 2 * Math.PI);
            pairs++;
        }
        lastPhase = phase;
    }

    /// <summary>The next block is not the neighbour of the last.</summary>
    public void Break() => lastPhase = null;
}
