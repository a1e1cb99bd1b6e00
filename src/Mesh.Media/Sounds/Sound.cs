using Mesh.Media.Codecs;

namespace Mesh.Media.Sounds;

/// <summary>
/// A sound ready to be sent, encoded once in each law and shared by everybody who hears it: playing it costs a copy. Immutable; one <see cref="Play"/> per listener.
/// </summary>
public sealed class Sound
{
    private readonly byte[] alaw, ulaw;

    /// <summary>From 16-bit linear samples at 8 kHz.</summary>
    public Sound(ReadOnlySpan<short> samples)
    {
        alaw = new byte[samples.Length];
        ulaw = new byte[samples.Length];
        G711.Encode(AudioCodec.Pcma, samples, alaw);
        G711.Encode(AudioCodec.Pcmu, samples, ulaw);
    }

    /// <summary>Samples, 8,000 a second.</summary>
    public int Length => alaw.Length;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Length / AudioCodecs.ClockRate);

    /// <summary>The whole sound in one law.</summary>
    public ReadOnlySpan<byte> Encoded(AudioCodec codec) => codec == AudioCodec.Pcmu ? ulaw : alaw;

    /// <summary>A reader from the beginning, once through.</summary>
    public ISoundSource Play() => new Reader(this, endless: false);

    /// <summary>A reader that begins again at the end: ringback, hold music.</summary>
    public ISoundSource PlayEndless() => new Reader(this, endless: true);

    private sealed class Reader(Sound sound, bool endless) : ISoundSource
    {
        private int position;

        public bool Read(AudioCodec codec, Span<byte> destination)
        {
            var encoded = sound.Encoded(codec);
            if (position >= encoded.Length) return false;
            while (destination.Length > 0 && position < encoded.Length)
            {
                var part = encoded[position..Math.Min(encoded.Length, position + destination.Length)];
                part.CopyTo(destination);
                destination = destination[part.Length..];
                position += part.Length;
                if (endless && position == encoded.Length) position = 0;
            }
            destination.Fill(G711.Silence(codec));
            return true;
        }
    }
}
