using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Copies;

/// <summary>The newest copy of a host, as a switch names it before it is known which that is.</summary>
public static class NewestCopy
{
    /// <summary>In the place of a version's id in an order, of which it can be no beginning.</summary>
    public const string Word = "copy";

    /// <summary>Of a target, or of those for all names around it; null when there is none.</summary>
    /// <param name="target">In its one spelling.</param>
    public static ContentVersion? Of(ISiteContents contents, string target) =>
        SorryTarget.Covering(target).Select(t => contents.Versions(t).FirstOrDefault(static v => v.Kind == ContentKind.Copy)).FirstOrDefault(static v => v is not null);
}
