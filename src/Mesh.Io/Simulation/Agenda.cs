namespace Mesh.Io.Simulation;

/// <summary>What is going to happen in virtual time, in order of time and, within a microsecond, of being written down. Touched by the world's thread only.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<(Action<object?> Happen, object? State), (long DueMicros, long Order)> entries = new();
    private long order;

    /// <summary>Virtual microseconds since the world began.</summary>
    public long NowMicros { get; private set; }

    /// <summary>When the next entry is due; <see cref="long.MaxValue"/> when nothing is written down.</summary>
    public long NextMicros => entries.TryPeek(out _, out var due) ? due.DueMicros : long.MaxValue;

    public int Count => entries.Count;

    /// <summary>Writes down what happens at <paramref name="dueMicros"/>, or now when that has passed.</summary>
    public void Add(long dueMicros, Action<object?> happen, object? state) =>
        entries.Enqueue((happen, state), (Math.Max(dueMicros, NowMicros), order++));

    public void MoveTo(long micros) => NowMicros = Math.Max(NowMicros, micros);

    /// <summary>Lets the first entry due now happen; false when none is.</summary>
    public bool HappenOne()
    {
        if (NextMicros > NowMicros) return false;
        var (happen, state) = entries.Dequeue();
        happen(state);
        return true;
    }
}
