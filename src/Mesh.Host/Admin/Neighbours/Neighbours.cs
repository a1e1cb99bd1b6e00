using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;
using Mesh.Io;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>The sites of a bundle, asked over their admin listeners and proven by the mesh key.</summary>
public sealed class Neighbours : INeighbours, IDisposable
{
    private readonly string site;
    private readonly SiteQuestions questions;
    private readonly TimeProvider time;
    private readonly PairLimits limits;
    private readonly Neighbour[] others;

    /// <param name="questions">What this site answers, to itself and to the others.</param>
    /// <param name="chance">A new one for each link.</param>
    public Neighbours(SiteModel model, SiteQuestions questions, TimeProvider time, Func<IChance> chance, PairLimits? limits = null)
    {
        (site, this.questions, this.time) = (model.Site.Name, questions, time);
        this.limits = limits ?? new PairLimits();
        Sites = [site, .. model.OtherSites.Select(static s => s.Name)];
        var places = Places(model);
        others = [.. places.Select(p => new Neighbour(new PairLink(site, p, time, chance(), this.limits), time, Counters))];
        Pages = new NeighbourPages(questions, site, places.ToDictionary(static p => p.Name, static p => p.Mac, StringComparer.Ordinal), time, this.limits, Counters);
    }

    public IReadOnlyList<string> Sites { get; }

    public NeighbourCounters Counters { get; } = new();

    /// <summary>To be put on the admin listener.</summary>
    public NeighbourPages Pages { get; }

    public async Task<IReadOnlyList<SiteAnswer<T>>> AskAllAsync<T>(string question, CancellationToken cancelled)
        where T : class
    {
        byte[] octets = Encoding.UTF8.GetBytes(question);
        if (octets.Length > limits.QuestionOctets) throw new ArgumentException($"a question has at most {limits.QuestionOctets} octets", nameof(question));
        return await Task.WhenAll(Sites.Select(name => name == site ? AskHereAsync<T>(question, cancelled)
            : Array.Find(others, o => o.Name == name) is { } other ? other.AskAsync<T>(octets, cancelled)
            : Task.FromResult(new SiteAnswer<T>(name, null, PairFault.NoKey))));
    }

    public void Dispose()
    {
        foreach (var other in others) other.Dispose();
    }

    private async Task<SiteAnswer<T>> AskHereAsync<T>(string question, CancellationToken cancelled)
        where T : class
    {
        try
        {
            if (questions.Answer(question, cancelled) is not { } answer) return new SiteAnswer<T>(site, null, PairFault.Malformed);
            return new SiteAnswer<T>(site, (T)await answer.WaitAsync(limits.AnswerWithin, time, cancelled), PairFault.None);
        }
        catch (SiteBusyException) { return new SiteAnswer<T>(site, null, PairFault.Refused); }
        catch (TimeoutException) { return new SiteAnswer<T>(site, null, PairFault.NoAnswer); }
    }

    private static PairPlace[] Places(SiteModel model)
    {
        if (model.Mesh.Key is not { } secret) return [];
        var keys = new MeshKeys(secret);
        return [.. model.OtherSites.Select(s => PairPlace.Of(s, NeighbourPages.Path, new PairMac(NeighbourPages.Scheme, keys.AskKey(model.Site.Name, s.Name))))];
    }
}
