namespace Mesh.Iax2;

/// <summary>What happened at one endpoint. Written by its loop (voice also by media loops), read by metrics; a torn read costs nothing.</summary>
public sealed class IaxCounters
{
    private readonly long[] drops = new long[Enum.GetValues<DropReason>().Length];

    public long FullReceived, FullSent, MinisReceived, MinisSent, TrunksReceived, TrunksSent, TrunkEntriesSent, Retransmissions, VnaksSent, VnaksReceived, InvalsSent,
        CallsReceived, CallsPlaced, TokensSent, Pokes, RegistrationsGranted, KeysSent, KeysReceived, SealAssociations,
        /// <summary>Calls this endpoint was the middle of and left, and calls of which it was an end and whose middle left.</summary>
        TransfersLeft, TransfersFollowed;

    public long this[DropReason reason] => Volatile.Read(ref drops[(int)reason]);

    public void Drop(DropReason reason) => Interlocked.Increment(ref drops[(int)reason]);
}
