namespace Mesh.Iax2.Sealing;

/// <summary>What a hello brought about.</summary>
[Flags]
public enum SealHeard
{
    Nothing = 0,
    /// <summary>The peer has booted since: its epoch is a new one, and proven to be of now.</summary>
    Accepted = 1,
    /// <summary>The peer has accepted our epoch: nothing more is to be asked.</summary>
    Confirmed = 2,
    /// <summary>Answer with a hello.</summary>
    Answer = 4,
}

/// <summary>
/// How two sites learn each other's boot epoch. Pure; one side of it.
/// <para>
/// An epoch is believed only from a hello that echoes our present challenge, which is drawn anew each time one is believed: a hello recorded earlier, of this boot or another,
/// echoes another. A hello is answered when it asks, when its sender does not know our epoch, or when it has just been believed; so the exchange ends after two hellos each
/// way, whoever begins, and a lost one is made good by the next question of the side that is not confirmed.
/// </para>
/// <code>
/// A (restarted)                          B (knows an older A)
/// (a2, x, -, -)   ------------------->   x is kept to be echoed; a2 is not believed; A does not know b: answer
///                 <-------------------   (b, y, x, a1)       echoes x: A believes b
/// (a2, x', y, b)  ------------------->   echoes y: B believes a2; y' replaces y; answer
///                 <-------------------   (b, y', x', a2)     A is confirmed
/// </code>
/// </summary>
public struct SealHandshake(SealEpoch own, SealEpoch challenge)
{
    private SealEpoch challenge = challenge, heard;

    /// <summary>Our boot epoch.</summary>
    public SealEpoch Own { get; } = own;

    /// <summary>The peer's boot epoch, once it was proven.</summary>
    public SealEpoch Peer { get; private set; }

    /// <summary>The peer knows our epoch: it can read what we seal.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>What to say now.</summary>
    public readonly SealHello Hello => new(Own, challenge, heard, Peer, Asks: !IsConfirmed);

    /// <summary>Takes a hello whose MAC holds. <paramref name="fresh"/> becomes our challenge when it makes us believe an epoch.</summary>
    public SealHeard Hear(in SealHello hello, SealEpoch fresh)
    {
        var result = hello.Asks || hello.Known != Own ? SealHeard.Answer : SealHeard.Nothing;
        heard = hello.Challenge;
        if (hello.Epoch != Peer && hello.Echo == challenge)
        {
            Peer = hello.Epoch;
            challenge = fresh;
            IsConfirmed = false;
            result |= SealHeard.Accepted | SealHeard.Answer;
        }
        if (hello.Known != Own || hello.Epoch != Peer || IsConfirmed) return result;
        IsConfirmed = true;
        return result | SealHeard.Confirmed;
    }
}
