namespace Mesh.Media.Sounds;

/// <summary>Why a playout ended.</summary>
public enum PlayoutEnd
{
    /// <summary>The sound was played to its end.</summary>
    Finished,
    /// <summary>Another feed took the port, a bridge or another sound; or the port is gone.</summary>
    Replaced,
}

/// <summary>
/// A sound being played into a port: 20 ms on each tick of the port's loop, until its end, <see cref="Stop"/>, or until the port is given another feed.
/// </summary>
public sealed class Playout
{
    private readonly IAudioPort port;
    private readonly ISoundSource source;
    private readonly Action<PlayoutEnd>? onFinished;
    private readonly AudioFeed feed;
    private uint timestamp;
    private volatile bool stopped;

    private Playout(IAudioPort port, ISoundSource source, Action<PlayoutEnd>? onFinished)
    {
        (this.port, this.source, this.onFinished) = (port, source, onFinished);
        feed = new AudioFeed(port);
    }

    /// <summary>Packets sent so far.</summary>
    public long Packets => feed.Packets;

    /// <summary>
    /// Begins to play; the port listens to this sound from now on. Any thread. <paramref name="onFinished"/> is called once, on the port's loop, when the sound is
    /// over or replaced, not after <see cref="Stop"/>.
    /// </summary>
    public static Playout Start(IAudioPort port, ISoundSource source, Action<PlayoutEnd>? onFinished = null)
    {
        var playout = new Playout(port, source, onFinished);
        playout.feed.Open();
        if (port.Loop.IsCurrent) PlayoutTicker.Of(port.Loop).Add(playout);
        else port.Loop.Post(static state => PlayoutTicker.Of(((Playout)state!).port.Loop).Add((Playout)state), playout);
        return playout;
    }

    /// <summary>Ends the sound at once. Any thread; idempotent.</summary>
    public void Stop()
    {
        stopped = true;
        feed.Close();
    }

    /// <summary>Sends the next 20 ms out of <paramref name="buffer"/>; false when this playout is over and to be forgotten.</summary>
    internal bool Tick(Span<byte> buffer, int headroom)
    {
        if (stopped) return false;
        if (!feed.IsOpen) return End(PlayoutEnd.Replaced);
        var codec = port.SendCodec == AudioCodec.None ? AudioCodec.Pcma : port.SendCodec;
        if (!source.Read(codec, buffer.Slice(headroom, AudioCodecs.FrameOctets))) return End(PlayoutEnd.Finished);
        feed.OnAudio(new AudioFrame(buffer, headroom, AudioCodecs.FrameOctets, codec, timestamp, marker: false));
        timestamp += AudioCodecs.FrameOctets;
        return true;
    }

    private bool End(PlayoutEnd why)
    {
        stopped = true;
        feed.Close();
        onFinished?.Invoke(why);
        return false;
    }
}
