using System.Text;
using System.Text.Json;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>Answers what other sites ask for their operators, signed both ways.</summary>
/// <param name="others">The key of each other site, by its name.</param>
public sealed class NeighbourPages(SiteQuestions questions, string site, IReadOnlyDictionary<string, PairMac> others, TimeProvider time, PairLimits limits, NeighbourCounters counters) : IAdminPages
{
    public const string Path = "/mesh/ask", Scheme = "Mesh-Ask";

    private readonly PairAnswers answers = new(Scheme, site, others, time, limits, counters.Refuse);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)(http => answers.AnswerAsync(http, AnswerAsync))).WithMetadata(OwnAccess.Instance);

    private async Task<PairReply> AnswerAsync(byte[] question, CancellationToken cancelled)
    {
        if (questions.Answer(Encoding.UTF8.GetString(question), cancelled) is not { } answer) return PairReply.Refuse(404, PairRefusal.Malformed);
        object value;
        // Whoever asks has given up before: this only lets the room go.
        try { value = await answer.WaitAsync(2 * limits.AnswerWithin, time, cancelled); }
        catch (Exception e) when (e is SiteBusyException or TimeoutException) { return PairReply.Refuse(503); }
        byte[] octets = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), AdminListener.Json);
        return octets.Length <= limits.AnswerOctets ? PairReply.Of(octets) : PairReply.Refuse(507, PairRefusal.TooLarge);
    }
}
