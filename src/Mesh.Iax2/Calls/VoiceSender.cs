using System.Buffers;
using System.Numerics;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Calls;

/// <summary>
/// The way out for voice. A mini frame goes from the thread that has the voice straight to the socket; the first frame, a change of format and a new 65,536 ms window
/// need a full frame, which is sequenced and so belongs to the signalling loop: the payload is copied and posted there, and what follows is posted after it until it went out.
/// </summary>
internal sealed class VoiceSender
{
    private readonly IaxCall call;
    private readonly TrunkedVoice trunk;
    private VoiceTimeline timeline;
    private long established;
    private int waiting;
    private volatile bool isOpen;

    public VoiceSender(IaxCall call)
    {
        this.call = call;
        trunk = new TrunkedVoice(this, call);
    }

    /// <summary>The far end asked for silence.</summary>
    public volatile bool IsQuelched;

    /// <summary>The call was accepted, and is not over.</summary>
    public bool IsOpen => isOpen;

    public void Open() => isOpen = true;

    /// <summary>The call is about to say that it is over: what it put into the trunk goes out before. On the loop.</summary>
    public void Close()
    {
        isOpen = false;
        trunk.Leave();
    }

    public bool Send(VoiceFormat format, uint sourceMs, Span<byte> buffer, int offset, int length)
    {
        if (!isOpen) return Refuse(DropReason.VoiceNotOpen);
        if (IsQuelched) return Refuse(DropReason.VoiceQuelched);
        uint timestamp = timeline.Map(sourceMs, call.ElapsedMs);
        if (FollowsFull(format, timestamp) && Volatile.Read(ref waiting) == 0)
        {
            if (trunk.TryAdd((ushort)timestamp, buffer.Slice(offset, length))) return true;
            var mini = buffer.Slice(offset - MiniFrame.HeaderLength, MiniFrame.HeaderLength + length);
            MiniFrame.WriteHeader(mini, call.LocalNumber, (ushort)timestamp);
            return call.TransmitMini(mini);
        }
        if (call.IsOnLoop && Volatile.Read(ref waiting) == 0) return SendOnLoop(format, timestamp, buffer.Slice(offset, length));
        return Post(format, timestamp, buffer.Slice(offset, length));
    }

    /// <summary>True when the peer was told format and window: a stamp of an earlier window may follow too, the receiver makes it whole.</summary>
    private bool FollowsFull(VoiceFormat format, uint timestamp)
    {
        long told = Volatile.Read(ref established);
        return told >> 16 == FormatKey(format) && (short)((ushort)told - (ushort)(timestamp >> 16)) >= 0;
    }

    private bool SendOnLoop(VoiceFormat format, uint timestamp, ReadOnlySpan<byte> payload)
    {
        if (!isOpen) return Refuse(DropReason.VoiceNotOpen);
        if (FollowsFull(format, timestamp))
        {
            byte[] mini = ArrayPool<byte>.Shared.Rent(MiniFrame.HeaderLength + payload.Length);
            int length = new MiniFrame { SourceCall = call.LocalNumber, Timestamp = (ushort)timestamp, Payload = payload }.Write(mini);
            bool sent = call.TransmitMini(mini.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(mini);
            return sent;
        }
        trunk.Flush();
        if (!SubclassCoding.TryEncode((long)format, out byte subclass) || !call.TrySendFullVoice(subclass, payload, timestamp)) return Refuse(DropReason.VoiceWaiting);
        trunk.Join();
        Volatile.Write(ref established, FormatKey(format) << 16 | (ushort)(timestamp >> 16));
        return true;
    }

    private bool Post(VoiceFormat format, uint timestamp, ReadOnlySpan<byte> payload)
    {
        if (Interlocked.Increment(ref waiting) > call.Limits.MaxVoiceWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return Refuse(DropReason.VoiceWaiting);
        }
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        call.Post(static state => ((Posted)state!).Send(), new Posted(this, format, timestamp, copy, payload.Length));
        return true;
    }

    private bool Refuse(DropReason reason)
    {
        call.Counters.Drop(reason);
        return false;
    }

    // Never 0, so that nothing sent is no format.
    private static long FormatKey(VoiceFormat format) => 1 + BitOperations.Log2((ulong)format);

    private sealed class Posted(VoiceSender sender, VoiceFormat format, uint timestamp, byte[] copy, int length)
    {
        public void Send()
        {
            try { sender.SendOnLoop(format, timestamp, copy.AsSpan(0, length)); }
            finally
            {
                ArrayPool<byte>.Shared.Return(copy);
                Interlocked.Decrement(ref sender.waiting);
            }
        }
    }
}
