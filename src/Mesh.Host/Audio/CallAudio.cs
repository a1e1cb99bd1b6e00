using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.Audio;

/// <summary>What calls do with their ports, by the media room's bridges and playouts. Signalling loop only.</summary>
public sealed class CallAudio(Loop signalling, SoundLibrary sounds) : ICallAudio
{
    /// <summary>How long somebody must have been alerted before the caller is rung to: one packet's time.</summary>
    private const int RingbackAfterMs = 20;

    private readonly Dictionary<IAudioPort, PortUse> uses = new(ReferenceEqualityComparer.Instance);

    /// <summary>Ports that something happens to now: 0 when no call is up.</summary>
    public int InUse => uses.Count;

    public void Bridge(IAudioPort a, IAudioPort b)
    {
        Stop(a);
        Stop(b);
        var bridge = Media.Bridge.Join(a, b);
        uses[a] = new PortUse { Bridge = bridge, Other = b };
        uses[b] = new PortUse { Bridge = bridge, Other = a };
    }

    public void StartRingback(IAudioPort port) => Use(port).RingSoon(port, signalling);

    public void Play(IAudioPort port, string sound, Action<bool> done)
    {
        if (!sounds.TryFind(sound, out var found))
        {
            signalling.Post(static state => ((Action<bool>)state!)(false), done);
            return;
        }
        Play(port, found, () => done(true));
    }

    public void Play(IAudioPort port, Sound sound, Action done) => Use(port).Replace(Playout.Start(port, sound.Play(), end =>
    {
        if (end == PlayoutEnd.Finished) signalling.Post(static state => ((Action)state!)(), done);
    }));

    public void Echo(IAudioPort port)
    {
        Stop(port);
        uses[port] = new PortUse();
        var feed = new AudioFeed(port);
        feed.Open();
        port.Sink = feed;
    }

    public void CollectDigits(IAudioPort port, Action<char>? pressed)
    {
        if (pressed is null) { if (port.Sink is DigitTap) port.Sink = null; return; }
        Use(port);
        port.Sink = new DigitTap(signalling, pressed);
    }

    public void Stop(IAudioPort port)
    {
        if (uses.Remove(port, out var use))
        {
            use.Replace(null);
            use.Bridge?.Unbridge();
            if (use.Other is { } other && uses.TryGetValue(other, out var theirs) && ReferenceEquals(theirs.Bridge, use.Bridge)) uses.Remove(other);
        }
        port.Sink = null;
    }

    /// <summary>What the port does now; a port let go by its bridge begins afresh.</summary>
    private PortUse Use(IAudioPort port)
    {
        if (uses.TryGetValue(port, out var use) && use.Bridge is null) return use;
        Stop(port);
        return uses[port] = new PortUse();
    }

    private sealed class PortUse : IDeadlineOwner
    {
        private IAudioPort? ringing;
        private Loop? loop;
        private Deadline? ring;

        public Bridge? Bridge { get; init; }
        public IAudioPort? Other { get; init; }
        public Playout? Playout { get; private set; }

        public void Replace(Playout? next)
        {
            if (ring is { IsArmed: true }) loop!.Deadlines.Disarm(ring);
            Playout?.Stop();
            Playout = next;
        }

        /// <summary>What is answered at once, a machine mostly, would be heard ringing for one packet: not worth waking a media loop for.</summary>
        public void RingSoon(IAudioPort port, Loop signalling)
        {
            Replace(null);
            (ringing, loop) = (port, signalling);
            signalling.Deadlines.Arm(ring ??= new Deadline(this), RingbackAfterMs);
        }

        public void OnDeadline(Deadline deadline) => Replace(Playout.Start(ringing!, UkTones.Ringback.PlayEndless()));
    }

    /// <summary>Listens for keys only.</summary>
    private sealed class DigitTap(Loop signalling, Action<char> pressed) : IAudioSink
    {
        public void OnAudio(in AudioFrame frame) { }

        public void OnDigit(DigitEvent digit)
        {
            if (!digit.IsEnd) signalling.Post(state => pressed((char)state!), digit.Digit);
        }
    }
}
