using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Journal;

/// <summary>What another site may ask of this one's journal, on the admin listener: one signed request that brings and fetches.</summary>
public sealed class JournalPages : IAdminPages
{
    public const string Path = "/mesh/journal", Scheme = "Mesh-Journal";

    private readonly SharedJournal journal;
    private readonly JournalLimits limits;
    private readonly PairAnswers answers;

    /// <param name="others">The key of each other site, by its name.</param>
    public JournalPages(SharedJournal journal, string site, IReadOnlyDictionary<string, PairMac> others, TimeProvider time, JournalLimits limits)
    {
        this.journal = journal;
        this.limits = limits;
        answers = new PairAnswers(Scheme, site, others, time, limits.Pair, journal.Counters.Refuse);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)(http => answers.AnswerAsync(http, ExchangeAsync))).WithMetadata(OwnAccess.Instance);

    private async Task<PairReply> ExchangeAsync(byte[] body, CancellationToken cancelled)
    {
        if (JournalExchange.Read(body) is not { } question) return PairReply.Refuse(400, PairRefusal.Malformed);
        IReadOnlySet<string> conflicts;
        try { (_, conflicts) = await journal.TakeAsync(question, cancelled); }
        catch (JournalException) { return PairReply.Refuse(503); }
        var state = journal.State;
        return PairReply.Of(JournalExchange.Of(state, state.MissingFrom(question.Have, limits, conflicts)).ToOctets());
    }
}
