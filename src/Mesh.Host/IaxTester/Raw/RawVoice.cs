using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>How voice is sent; a full frame always comes first.</summary>
public enum VoiceForm
{
    Minis,
    /// <summary>Trunk frames without time stamps.</summary>
    Trunk,
    TrunkWithTimestamps,
}

/// <summary>A sound spoken into a raw dialog every 20 ms, until it is over or stopped. The loop's thread only.</summary>
public sealed class RawVoice : IDeadlineOwner
{
    private const int TrunkOctets = 1_240;

    private readonly Loop loop;
    private readonly RawWire wire;
    private readonly RawDialog call;
    private readonly ISoundSource sound;
    private readonly VoiceForm form;
    private readonly VoiceFormat format;
    private readonly byte[] frame = new byte[AudioCodecs.FrameOctets];
    private readonly Deadline beat;
    private readonly long beganMs;
    private readonly int mostFrames;

    private RawVoice(RawWire wire, RawDialog call, VoiceFormat format, ISoundSource sound, VoiceForm form, int forMs)
    {
        (this.wire, this.call, this.format, this.sound, this.form, loop) = (wire, call, format, sound, form, wire.Loop);
        mostFrames = forMs <= 0 ? int.MaxValue : forMs / AudioCodecs.FrameMs;
        beat = new Deadline(this);
        beganMs = loop.Clock.NowMs;
        Timestamp = (call.ElapsedMs + AudioCodecs.FrameMs) / AudioCodecs.FrameMs * AudioCodecs.FrameMs;
    }

    /// <summary>Of the next frame.</summary>
    public uint Timestamp { get; private set; }

    public int Sent { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>In trunk frames, an entry of this call number goes before ours; 0 for none.</summary>
    public ushort StrangersEntry { get; set; }

    /// <summary>Begins now. <paramref name="format"/> is a law of G.711; <paramref name="forMs"/> 0 leaves the end to the sound.</summary>
    public static RawVoice Begin(RawWire wire, RawDialog call, VoiceFormat format, ISoundSource sound, VoiceForm form = VoiceForm.Minis, int forMs = 0)
    {
        var voice = new RawVoice(wire, call, format, sound, form, forMs);
        voice.OnDeadline(voice.beat);
        return voice;
    }

    public void Stop()
    {
        IsOver = true;
        loop.Deadlines.Disarm(beat);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (IsOver || Sent >= mostFrames || !sound.Read(Codecs.Law(format), frame)) { Stop(); return; }
        if (Sent == 0) SendFull(format);
        else if (form == VoiceForm.Minis) call.SendMini(frame, (ushort)Timestamp);
        else SendTrunk();
        Sent++;
        Timestamp += AudioCodecs.FrameMs;
        loop.Deadlines.Arm(beat, Math.Max(1, beganMs + Sent * AudioCodecs.FrameMs - loop.Clock.NowMs));
    }

    /// <summary>A full frame with the frame spoken last, in the format given.</summary>
    public void SendFull(VoiceFormat other)
    {
        SubclassCoding.TryEncode((long)other, out byte subclass);
        SendFull(subclass);
    }

    /// <summary>The same, with the subclass octet as it is to be on the wire.</summary>
    public void SendFull(byte subclass) => call.Send(FrameType.Voice, subclass, frame, new Deviation { Timestamp = Timestamp });

    private void SendTrunk()
    {
        var writer = new TrunkWriter(new byte[TrunkOctets], form == VoiceForm.TrunkWithTimestamps, Timestamp);
        if (StrangersEntry != 0) writer.TryAdd(StrangersEntry, (ushort)Timestamp, frame);
        writer.TryAdd(call.LocalNumber, (ushort)Timestamp, frame);
        wire.Send(writer.Written);
    }
}
