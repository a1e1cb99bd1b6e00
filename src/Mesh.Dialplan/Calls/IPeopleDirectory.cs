using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>Who people are, and by what they can be reached.</summary>
public interface IPeopleDirectory
{
    /// <summary>The person of a number; null when there is none.</summary>
    PersonPaths? Find(string number);
}

/// <summary>The ways to a person.</summary>
/// <param name="Phones">Their phones, as endpoints of this site.</param>
/// <param name="Sites">The other sites, in the order in which they are tried.</param>
public sealed record PersonPaths(IReadOnlyList<Endpoint> Phones, IReadOnlyList<string> Sites);
