using System.Collections.Concurrent;

namespace Mesh.Host.Status;

/// <summary>The answers made of one scene, each once. From any thread.</summary>
public sealed class RecentAnswers(StatusScene scene)
{
    /// <summary>How long a scene is shown.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Answers kept; those beyond are made for one reader.</summary>
    public const int Capacity = 500;

    private readonly ConcurrentDictionary<(string Path, string Language), StatusAnswer> answers = new();

    public StatusScene Scene => scene;

    public StatusAnswer Answer(string path, string language)
    {
        if (answers.TryGetValue((path, language), out var known)) return known;
        var made = StatusSite.Answer(scene, path, language);
        // A wrong address is asked for once; keeping it would push out the right ones.
        if (made.Status == 200 && answers.Count < Capacity) answers[(path, language)] = made;
        return made;
    }
}
