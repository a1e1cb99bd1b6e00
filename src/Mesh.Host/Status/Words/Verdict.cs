namespace Mesh.Host.Status.Words;

/// <summary>The one sentence, worst last.</summary>
public enum Verdict
{
    /// <summary>The site has said nothing yet, or not for a while.</summary>
    Unknown,
    AllWorks,
    Maintenance,
    Minor,
    Major,
    Critical,
}
