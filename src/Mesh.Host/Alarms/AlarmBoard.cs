namespace Mesh.Host.Alarms;

/// <summary>The alarms one site stands by: facts that have lasted, until they have been gone for long enough. Told at every look; one caller at a time, read from any thread.</summary>
public sealed class AlarmBoard(AlarmOptions options)
{
    private readonly Dictionary<string, (AlarmFact Fact, AlarmPhase Phase)> all = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, AlarmFact> standing = new Dictionary<string, AlarmFact>();
    private long tooMany;

    /// <summary>By key.</summary>
    public IReadOnlyDictionary<string, AlarmFact> Standing => standing;

    /// <summary>Facts not looked at because there were too many.</summary>
    public long TooMany => Volatile.Read(ref tooMany);

    /// <param name="now">Of a monotonic clock.</param>
    public void Look(IEnumerable<AlarmFact> facts, TimeSpan now)
    {
        var seen = new Dictionary<string, AlarmFact>(StringComparer.Ordinal);
        foreach (var fact in facts)
            if (seen.Count < options.MostFacts || seen.ContainsKey(fact.Key)) seen.TryAdd(fact.Key, fact);
            else Interlocked.Increment(ref tooMany);
        foreach (var fact in seen.Values) all[fact.Key] = (fact, all.GetValueOrDefault(fact.Key).Phase);
        foreach (var (key, (fact, phase)) in all.ToArray())
        {
            var next = phase.Step(seen.ContainsKey(key), now, fact.After, options);
            if (next.IsQuiet(now, options) && !seen.ContainsKey(key)) all.Remove(key);
            else all[key] = (fact, next);
        }
        standing = all.Where(a => a.Value.Phase.IsRaised).ToDictionary(a => a.Key, a => a.Value.Fact, StringComparer.Ordinal);
    }
}
