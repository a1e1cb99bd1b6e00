namespace Mesh.Load.Floods;

/// <summary>How late voice was in one phase: from an end's sending a packet to the other end's having it, in microseconds.</summary>
public readonly record struct VoiceRound(long Sent, long Received, int P50, int P99, int P999)
{
    public double LostShare => 1 - (double)Received / Sent;
}
