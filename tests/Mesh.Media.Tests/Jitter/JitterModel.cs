using System.Buffers.Binary;
using Mesh.Media.Jitter;

namespace Mesh.Media.Tests.Jitter;

/// <summary>A talker, a path that delays each frame as it is told, a buffer, and notes of what is played. In virtual milliseconds; exact and repeatable.</summary>
/// <param name="frameMs">How long the talker's frames are.</param>
internal sealed class JitterModel(JitterBufferOptions? options = null, int frameMs = 20)
{
    private readonly PriorityQueue<(int Number, uint Timestamp), (long AtMs, int Order)> onTheWay = new();
    private readonly byte[] payload = new byte[160];
    private int order;

    public JitterBuffer Buffer { get; } = new(options ?? new JitterBufferOptions());

    /// <summary>The numbers of the frames played, in order; -1 for one made up.</summary>
    public List<int> Played { get; } = [];

    /// <summary>For each frame played: how long after it was sent.</summary>
    public List<(int Number, long AfterMs)> Delays { get; } = [];

    public long NowMs { get; private set; } = 1_000;

    /// <summary>A frame with this stamp arrives then.</summary>
    public void Send(int number, uint timestamp, double atMs) => onTheWay.Enqueue((number, timestamp), ((long)Math.Round(atMs), order++));

    /// <summary>Frames number <paramref name="from"/> to <paramref name="to"/>, each sent a frame after the one before; the path takes what <paramref name="delay"/> says, negative loses it.</summary>
    public void Talk(int from, int to, Func<int, double> delay, double skew = 0, uint firstStamp = 0, long beginMs = 1_000)
    {
        for (int i = from; i < to; i++)
        {
            double took = delay(i);
            if (took >= 0) Send(i, firstStamp + (uint)(i * frameMs), beginMs + i * frameMs * (1 + skew) + took);
        }
    }

    /// <summary>Lets everything arrive that is on its way, and a little more time pass.</summary>
    public void Run(long afterMs = 500, long beginMs = 1_000)
    {
        long end = long.MaxValue;
        while (true)
        {
            long arrival = onTheWay.TryPeek(out _, out var next) ? next.AtMs : long.MaxValue;
            if (arrival == long.MaxValue && end == long.MaxValue) end = NowMs + afterMs;
            NowMs = Math.Max(NowMs, Math.Min(Math.Min(arrival, Buffer.NextDueMs), end));
            if (arrival <= NowMs && onTheWay.TryDequeue(out var frame, out _))
            {
                BinaryPrimitives.WriteInt32LittleEndian(payload, frame.Number);
                Buffer.Put(frame.Timestamp, NowMs, frameMs, AudioCodec.Pcma, payload);
            }
            Play(beginMs);
            if (NowMs >= end) return;
        }
    }

    private void Play(long beginMs)
    {
        while (true)
        {
            switch (Buffer.Take(NowMs, out _, out var frame))
            {
                case JitterOutput.Frame:
                    int number = BinaryPrimitives.ReadInt32LittleEndian(frame);
                    Played.Add(number);
                    Delays.Add((number, NowMs - (beginMs + number * frameMs)));
                    break;
                case JitterOutput.Conceal: Played.Add(-1); break;
                default: return;
            }
        }
    }
}
