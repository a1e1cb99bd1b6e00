namespace Mesh.Host.Console;

/// <summary>Style and script that one page has besides those of all; let in by their hashes. Make one per kind of page, not per request: nothing in it may come from elsewhere.</summary>
public sealed class PageInsert(string css, string script)
{
    public string Css => css;

    public string Script => script;

    /// <summary>The policy of the page that has it.</summary>
    public string ContentSecurityPolicy { get; } = ConsoleStyle.Policy(css, script);
}
