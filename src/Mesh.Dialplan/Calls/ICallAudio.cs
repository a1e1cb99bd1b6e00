using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// What a call does with audio. Each verb replaces what the ports did before. Called on the signalling loop; ports may live on others, and callbacks come back on the signalling loop,
/// never from within the call that asked for them.
/// </summary>
public interface ICallAudio
{
    /// <summary>Connects two ports, both ways.</summary>
    void Bridge(IAudioPort a, IAudioPort b);

    /// <summary>Plays ringback into <paramref name="port"/> until something else happens to it.</summary>
    void StartRingback(IAudioPort port);

    /// <summary>Plays a sound of the bundle into <paramref name="port"/>, to its end or until something else happens to the port.</summary>
    /// <param name="done">True when it was played to the end, false when there is no such sound. Not called when it was stopped.</param>
    void Play(IAudioPort port, string sound, Action<bool> done);

    /// <summary>As the other, with the sound itself; <paramref name="done"/> when it was played to the end, not when it was stopped.</summary>
    void Play(IAudioPort port, Sound sound, Action done);

    /// <summary>Sends the far end of <paramref name="port"/> what comes from there, until something else happens to it.</summary>
    void Echo(IAudioPort port);

    /// <summary>Tells each key the far end of <paramref name="port"/> presses, at its press; null stops. Lasts through <see cref="Play"/>, ends with <see cref="Stop"/> and <see cref="Bridge"/>.</summary>
    void CollectDigits(IAudioPort port, Action<char>? pressed);

    /// <summary>Silences <paramref name="port"/>: nothing is played into it, what it receives goes nowhere, and a port bridged to it is let go.</summary>
    void Stop(IAudioPort port);
}
