namespace Mesh.Host.Admin.Neighbours;

/// <summary>Asks the sites of the mesh, this one too, what operators want to know. A site that cannot be asked is a fault among the answers, soon.</summary>
public interface INeighbours
{
    /// <summary>This site first, then the others in the order written.</summary>
    IReadOnlyList<string> Sites { get; }

    /// <summary>One answer per site, in the order of <see cref="Sites"/>.</summary>
    /// <typeparam name="T">As the question was added to <see cref="SiteQuestions"/>.</typeparam>
    /// <param name="question">Its name, or name, slash and argument: <c>calls</c>, <c>ladder/ORIGIN</c>.</param>
    Task<IReadOnlyList<SiteAnswer<T>>> AskAllAsync<T>(string question, CancellationToken cancelled)
        where T : class;
}

/// <summary>What one site said.</summary>
/// <param name="Value">Null when there is a fault.</param>
public sealed record SiteAnswer<T>(string Site, T? Value, PairFault Fault)
    where T : class;
