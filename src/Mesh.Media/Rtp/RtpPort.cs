using Mesh.Io;
using Mesh.Media.Codecs;
using Mesh.Media.Rtcp;
using Mesh.Media.Sdp;

namespace Mesh.Media.Rtp;

/// <summary>
/// The RTP end of one leg (RFC 3550, RFC 3551): a rented pair of sockets, one SSRC, and whatever was agreed in SDP. Receives on its <see cref="Loop"/>;
/// <see cref="OnAudio"/> and <see cref="OnDigit"/> may be called from another loop. Relaying a packet allocates nothing and copies nothing: the header is written
/// into the headroom of the received buffer, the other G.711 law is made in place. Dispose gives the sockets back to the pool.
/// </summary>
public sealed class RtpPort : IAudioPort, IDatagramReceiver, IDisposable
{
    /// <summary>Comfort noise (RFC 3389): a sign of life without audio.</summary>
    private const byte ComfortNoise = 13;

    private readonly RtpPortPair pair;
    private readonly RtpReception reception = new();
    private readonly RtpOutput output;
    private RtpDigits? digits;
    private TelephoneEventSender? digitSender;
    private RtcpReporter? reporter;
    private IAudioSink? sink;
    private RtpSession? session;
    private int closed;
    private long digitsRefused;

    internal RtpPort(RtpPortPair pair, RtpPortOptions options, uint ssrc, ushort firstSequence, uint firstTimestamp)
    {
        (this.pair, Options) = (pair, options);
        Inlet = new AudioInlet(pair.Loop.Clock, firstTimestamp);
        output = new RtpOutput(pair.Rtp, ssrc, firstSequence, Counters);
    }

    /// <summary>The address to announce for RTP. The port is even, RTCP is the next (RFC 3550 section 11).</summary>
    public NetAddress Local => pair.Rtp.Local;

    public Loop Loop => pair.Loop;

    public AudioInlet Inlet { get; }

    public AudioPortCounters Counters { get; } = new();

    public AudioCodec SendCodec => Session?.Agreed.Codec ?? AudioCodec.None;

    /// <summary>Where packets go now: the address from SDP, or the one found by symmetric RTP. None before an agreement.</summary>
    public NetAddress Remote => Session?.Remote ?? default;

    public IAudioSink? Sink
    {
        get => Volatile.Read(ref sink);
        set => Volatile.Write(ref sink, value);
    }

    /// <summary>Our synchronization source: one for the life of the port.</summary>
    public uint Ssrc => output.Ssrc;

    /// <summary>Packets that never came.</summary>
    public long Lost => reception.Lost;

    /// <summary>How the far end hears us, by its last RTCP report; null before one came.</summary>
    public RemoteReception? RemoteReception => Volatile.Read(ref reporter)?.Remote;

    /// <summary>Digits dropped because too many waited or the far end takes none.</summary>
    public long DigitsRefused => Volatile.Read(ref digitsRefused);

    public bool IsClosed => Volatile.Read(ref closed) != 0;

    internal RtpPortOptions Options { get; }

    internal RtpSession? Session => Volatile.Read(ref session);

    internal RtpReception Reception => reception;

    internal RtpOutput Output => output;

    /// <summary>Puts an agreement in force, at the answer and at every re-offer. Any thread; before the first, nothing is sent and what comes is discarded.</summary>
    public void Apply(AudioNegotiation agreed)
    {
        RtpSession? before;
        do before = Session;
        while (!ReferenceEquals(Interlocked.CompareExchange(ref session, RtpSession.After(before, agreed), before), before));
    }

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        if (Session is not { } now || !RtpHeader.TryRead(datagram.Payload, out var header, out int start, out int length)) { Counters.Discarded++; return; }
        if (!Admit(now, header, datagram)) { Counters.Discarded++; return; }
        var codec = now.Agreed.CodecOf(header.PayloadType);
        bool isEvent = header.PayloadType == now.Agreed.ReceiveEvents;
        if (codec == AudioCodec.None && !isEvent && header.PayloadType != ComfortNoise) { Counters.Discarded++; return; }
        if (reception.Take(header, datagram.ReceivedAtMicros) is not { } step) { Counters.Late++; return; }
        Count(datagram.ReceivedAtMicros, length);
        if (isEvent) (digits ??= new RtpDigits(this)).Take(datagram.Payload.Slice(start, length), header.Timestamp);
        else if (codec == AudioCodec.None) return;
        else if (length == 0 || length > Options.MaxAudioOctets) Counters.Discarded++;
        else Sink?.OnAudio(new AudioFrame(datagram.Buffer, Datagram.Headroom + start, length, codec, header.Timestamp, header.Marker, step));
    }

    public void OnAudio(in AudioFrame frame)
    {
        if (IsClosed || Session is not { MaySend: true } now || digitSender is { IsSending: true }) return;
        G711.Transcode(frame.Payload, frame.Codec, now.Agreed.Codec);
        output.Send(now.Remote, frame.Buffer, frame.Offset, frame.Length, now.Agreed.PayloadType, frame.Marker, frame.Timestamp, frame.SequenceStep);
    }

    public void OnDigit(DigitEvent digit)
    {
        if (IsClosed) return;
        if (Session?.Agreed.SendEvents is null) { CountDigitRefused(); return; }
        if (Loop.IsCurrent) SendDigit(digit);
        else Loop.Post(state => SendDigit((DigitEvent)state!), digit);
    }

    /// <summary>Ends the port and gives its sockets back. Any thread; idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        Sink = null;
        Inlet.Close();
        if (Volatile.Read(ref reporter) is { } active) Loop.Post(static state => ((RtcpReporter)state!).Stop(), active);
        pair.Return(this);
    }

    /// <summary>What came to the port beside ours.</summary>
    internal void OnRtcp(in Datagram datagram)
    {
        if (reporter is { } reports) reports.Take(datagram);
        else Counters.Discarded++;
    }

    internal void CountDigitRefused() => Interlocked.Increment(ref digitsRefused);

    private void SendDigit(DigitEvent digit) => (digitSender ??= new TelephoneEventSender(this, output)).Take(digit);

    private bool Admit(RtpSession now, in RtpHeader header, in Datagram datagram)
    {
        var verdict = now.Latch.Judge(datagram.From, header, datagram.ReceivedAtMicros / 1000);
        if (verdict == SourceVerdict.Moved && now.Remote != datagram.From)
            Interlocked.CompareExchange(ref session, now with { Remote = datagram.From }, now);
        return verdict != SourceVerdict.Foreign;
    }

    private void Count(long arrivedMicros, int length)
    {
        long ms = arrivedMicros / 1000;
        if (Counters.PacketsReceived++ == 0) Begin(ms);
        Counters.LastReceivedMs = ms;
        Counters.OctetsReceived += length;
        Counters.JitterMicros = reception.Jitter * 125;
    }

    private void Begin(long ms)
    {
        Counters.FirstReceivedMs = ms;
        if (pair.Rtcp is not { } rtcp) return;
        var begun = new RtcpReporter(this, rtcp);
        Volatile.Write(ref reporter, begun);
        // Disposed by another thread before it could see the reporter.
        if (IsClosed) begun.Stop();
    }
}
