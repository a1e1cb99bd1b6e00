using Mesh.Host.Admin.Access;

namespace Mesh.Host.Console;

/// <summary>Whom a page is made for.</summary>
/// <param name="Mesh">The mesh's name.</param>
/// <param name="Site">The site whose admin listener answers.</param>
/// <param name="Entry">How they were let in; null: they were not, and see only the way to sign in.</param>
public sealed record ConsoleReader(string Mesh, string Site, AdminEntry? Entry)
{
    /// <summary>Null: read only.</summary>
    public AdminWriter? Writer => Entry?.Session?.Writer;

    /// <summary>For the head of the page.</summary>
    public string Standing => Writer is { } writer ? $"{writer.Who} may write until {writer.Until.UtcDateTime:HH:mm}" : $"{Way}read only";

    private string Way => Entry switch
    {
        null => "",
        { Name.Length: > 0 } => $"{Entry.Name}, ",
        { Session: not null } => "signed in, ",
        { Pass: AdminPass.ThisMachine } => "this machine, ",
        _ => "",
    };
}
