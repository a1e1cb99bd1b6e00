using Mesh.Host.Admin;

namespace Mesh.Host.Ladders.Recording;

/// <summary>What recording did. Written by the signalling loop.</summary>
public sealed class LadderCounters
{
    public long Messages, MessagesMissed, LegsMissed, CallsDropped, CallsMissed, UnclaimedDropped;

    public void Write(MetricWriter writer, int calls, int blocksUsed)
    {
        writer.Gauge("mesh_ladder_calls", "Calls whose ladder is kept.", calls);
        writer.Gauge("mesh_ladder_octets", "Memory the messages of ladders take.", (long)blocksUsed * BlockPool.BlockOctets);
        writer.Counter("mesh_ladder_messages_total", "Messages recorded for ladders.", Messages);
        writer.Counter("mesh_ladder_missed_total", "What ladders had no room for.", MessagesMissed, ("what", "message"));
        writer.Counter("mesh_ladder_missed_total", "What ladders had no room for.", LegsMissed, ("what", "leg"));
        writer.Counter("mesh_ladder_missed_total", "What ladders had no room for.", CallsMissed, ("what", "call"));
        writer.Counter("mesh_ladder_dropped_total", "Ladders given up for newer ones.", CallsDropped, ("what", "call"));
        writer.Counter("mesh_ladder_dropped_total", "Ladders given up for newer ones.", UnclaimedDropped, ("what", "refused"));
    }
}
