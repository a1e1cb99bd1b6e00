namespace Mesh.Iax2;

/// <summary>A buffer the voice of one call goes through before it is heard here: what it did is told to the peer in PONG. Read on the endpoint's loop.</summary>
public interface IVoiceBuffer
{
    /// <summary>Milliseconds.</summary>
    int DelayMs { get; }

    /// <summary>Frames that came and were not played.</summary>
    long Dropped { get; }

    /// <summary>Frames that were missing when their time came.</summary>
    long Lost { get; }
}
