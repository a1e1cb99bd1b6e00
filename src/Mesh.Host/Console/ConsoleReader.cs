namespace Mesh.Host.Console;

/// <summary>Whom a page is made for.</summary>
/// <param name="Mesh">The mesh's name.</param>
/// <param name="Site">The site whose admin listener answers.</param>
/// <param name="Standing">How they came in, and whether they may write: for the head of the page.</param>
public sealed record ConsoleReader(string Mesh, string Site, string Standing);
