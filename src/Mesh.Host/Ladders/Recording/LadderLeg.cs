using Mesh.Io;

namespace Mesh.Host.Ladders.Recording;

/// <summary>What was said on one leg, or by a caller, and over which numbers it is known. The signalling loop's; one that was dropped becomes another's.</summary>
public sealed class LadderLeg(MessageLog log)
{
    public LegProtocol Protocol { get; private set; }

    public MessageLog Log { get; } = log;

    /// <summary>The call it belongs to; null until somebody claims it.</summary>
    public LadderCall? Call { get; set; }

    /// <summary><c>carrier</c>, <c>phone</c>, <c>site</c> or <c>peer</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The account, trunk, site or peer.</summary>
    public string Name { get; set; } = "";

    /// <summary>It brought the call here.</summary>
    public bool IsCaller { get; set; }

    /// <summary>The leg itself, while there may be news of its voice.</summary>
    public object? Source { get; set; }

    public LegQuality? Quality { get; set; }

    /// <summary>The last message, on the loop's clock.</summary>
    public long LastMicros { get; set; }

    /// <summary>Messages there was no memory for.</summary>
    public int Missed { get; set; }

    public bool IsDropped { get; private set; } = true;

    /// <summary>Its place among those nobody claims.</summary>
    public LinkedListNode<LadderLeg>? Waiting { get; set; }

    /// <summary>SIP: what its Call-ID is found by.</summary>
    public ulong CallIdKey { get; private set; }

    /// <summary>IAX2: our number, 0 until we have sent one.</summary>
    public ushort Number { get; set; }

    /// <summary>IAX2: of a call that came in, where its first frame came from, and the number it named.</summary>
    public (NetAddress Address, ushort Number) Caller { get; private set; }

    /// <summary>Where it is now.</summary>
    public NetAddress Remote { get; set; }

    /// <summary>Where it was before the middle left the call.</summary>
    public NetAddress FormerRemote { get; set; }

    internal void Begin(LegProtocol protocol, ulong callIdKey, (NetAddress Address, ushort Number) caller) =>
        (Protocol, CallIdKey, Caller, IsDropped) = (protocol, callIdKey, caller, false);

    /// <summary>Lets everything go, the memory of its messages too.</summary>
    internal void Drop()
    {
        Log.Clear();
        (Call, Source, Quality) = (null, null, null);
        (Kind, Name, IsCaller) = ("", "", false);
        (Number, Remote, FormerRemote) = (0, default, default);
        Missed = 0;
        IsDropped = true;
    }
}
