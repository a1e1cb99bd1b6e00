using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Ciphers;

/// <summary>
/// What the next mini frame should look like after those before it: the right size for its codec, and a time stamp about as much later as it arrived later. That is all there is to
/// tell a frame decrypted with the right key from noise. Pure.
/// </summary>
internal struct VoiceTrail
{
    /// <summary>Milliseconds a stamp may be off.</summary>
    public const int Tolerance = 1_000;

    /// <summary>Milliseconds within which two doubtful frames vouch for each other: the sender's clock has jumped.</summary>
    private const int Agreement = 100;

    private bool isKnown, isDoubted;
    private ushort timestamp, doubtedTimestamp;
    private long arrivalMs, doubtedArrivalMs;

    public void Follow(ushort at, long nowMs)
    {
        (isKnown, timestamp, arrivalMs, isDoubted) = (true, at, nowMs, false);
    }

    /// <summary>Milliseconds off; <see cref="int.MaxValue"/> when it cannot be a frame of that codec.</summary>
    public readonly int Deviation(VoiceFormat format, ushort at, int payloadLength, long nowMs)
    {
        if (payloadLength == 0 || payloadLength % Unit(format) != 0) return int.MaxValue;
        return isKnown ? Apart(at, timestamp, nowMs - arrivalMs) : 0;
    }

    /// <summary>True when the frame is to be believed; the next is judged by it then.</summary>
    public bool Accept(int deviation, ushort at, long nowMs)
    {
        if (deviation == int.MaxValue) return false;
        if (deviation > Tolerance && !(isDoubted && Apart(at, doubtedTimestamp, nowMs - doubtedArrivalMs) <= Agreement))
        {
            (isDoubted, doubtedTimestamp, doubtedArrivalMs) = (true, at, nowMs);
            return false;
        }
        Follow(at, nowMs);
        return true;
    }

    private static int Apart(ushort at, ushort before, long elapsedMs) => Math.Abs((int)(short)(at - before - elapsedMs));

    /// <summary>Octets a frame is a multiple of: ten milliseconds of it, or one block.</summary>
    private static int Unit(VoiceFormat format) => format switch
    {
        VoiceFormat.Ulaw or VoiceFormat.Alaw or VoiceFormat.G722 => 80,
        VoiceFormat.Slin => 160,
        VoiceFormat.Slin16 => 320,
        VoiceFormat.G726 or VoiceFormat.G726Aal2 => 40,
        VoiceFormat.Gsm => 33,
        VoiceFormat.G729 => 10,
        _ => 1,
    };
}
