using System.Numerics;

namespace Mesh.Media.Sounds;

/// <summary>One term of a Fourier sum, by Goertzel's recurrence (1958): how much of one frequency a block of samples holds, and in which phase.</summary>
public static class Goertzel
{
    /// <summary>The complex amplitude of <paramref name="frequencyHz"/> in <paramref name="block"/> (8 kHz); its magnitude is the sine's peak.</summary>
    public static Complex Amplitude(ReadOnlySpan<short> block, double frequencyHz)
    {
        double omega = 2 * Math.PI * frequencyHz / AudioCodecs.ClockRate;
        double coefficient = 2 * Math.Cos(omega);
        double s1 = 0, s2 = 0;
        foreach (short sample in block) (s1, s2) = (sample + coefficient * s1 - s2, s1);
        return (s1 - s2 * Complex.FromPolarCoordinates(1, -omega)) * Complex.FromPolarCoordinates(2.0 / block.Length, -omega * (block.Length - 1));
    }
}
