using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading.Compiling;

namespace Mesh.Dialplan.Loading;

/// <summary>A plan compiled from scripts. It holds the context its code lives in; both go when it was replaced and nothing refers to it or its handlers any more.</summary>
internal sealed class CompiledDialplan(
    string hash, string homeCountry, NumberPatterns extensions, NumberPatterns inbound, DialplanEntry? otherwise, IReadOnlySet<(string File, int Line)> lastDials, PlanContext context) : DialplanModel
{
    private int calls;

    public override string Hash { get; } = hash;

    public override int Calls => Volatile.Read(ref calls);

    public override IEnumerable<DialplanEntry> Extensions => extensions.Entries;

    public override IEnumerable<DialplanEntry> Inbounds => inbound.Entries;

    public override DialplanEntry? Otherwise => otherwise;

    /// <summary>For tests that watch the code go.</summary>
    internal PlanContext Context { get; } = context;

    public override DialplanEntry? FindExtension(string number) => extensions.Find(number) ?? otherwise;

    public override NumberStanding StandingOf(string digits) =>
        (extensions.Find(digits) is null ? NumberStanding.None : NumberStanding.Exists) | (extensions.MayGrow(digits) ? NumberStanding.MayGrow : NumberStanding.None);

    public override DialplanEntry? FindInbound(string number) => inbound.Find(PhoneNumber.ToE164(number, homeCountry));

    public override bool IsLastDial(string file, int line) => lastDials.Contains((file, line));

    public override void Enter() => Interlocked.Increment(ref calls);

    public override void Leave()
    {
        if (Interlocked.Decrement(ref calls) < 0) throw new InvalidOperationException("More calls left this plan than entered it.");
    }
}
