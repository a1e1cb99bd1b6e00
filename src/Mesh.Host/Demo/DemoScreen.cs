using Mesh.Host.Commands;
using Spectre.Console;

namespace Mesh.Host.Demo;

/// <summary>Where the demonstration speaks to whoever watches: colour on a terminal, plain text elsewhere, on standard error when JSON goes out. Any thread.</summary>
public sealed class DemoScreen
{
    private readonly TextWriter writer;
    private readonly IAnsiConsole? colour;
    private readonly Lock writing = new();

    public DemoScreen(Terminal terminal, bool json)
    {
        writer = json ? terminal.Error : terminal.Out;
        bool onTerminal = json ? ReferenceEquals(writer, System.Console.Error) && !System.Console.IsErrorRedirected : ReferenceEquals(writer, System.Console.Out) && !System.Console.IsOutputRedirected;
        if (onTerminal && !terminal.Environment.ContainsKey("NO_COLOR")) colour = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
    }

    /// <summary>A sentence of the story.</summary>
    public void Say(string sentence) => Write(sentence, $"[bold]{Markup.Escape(sentence)}[/]");

    /// <summary>A sentence about what went wrong.</summary>
    public void Complain(string sentence) => Write(sentence, $"[red]{Markup.Escape(sentence)}[/]");

    /// <summary>An arrow of a ladder.</summary>
    public void Arrow(double seconds, string from, string to, string message) => Write(
        $"  {seconds,8:F3}  {from,-17} -> {to,-17} {message}",
        $"  [grey]{seconds,8:F3}[/]  [cyan]{Markup.Escape(from),-17}[/] -> [cyan]{Markup.Escape(to),-17}[/] {Paint(message)}");

    private static string Paint(string message)
    {
        string text = Markup.Escape(message);
        return message.StartsWith("200", StringComparison.Ordinal) || message.StartsWith("ANSWER", StringComparison.Ordinal) ? $"[green]{text}[/]"
            : message.StartsWith("180", StringComparison.Ordinal) || message.StartsWith("RINGING", StringComparison.Ordinal) ? $"[yellow]{text}[/]"
            : text;
    }

    private void Write(string plain, string marked)
    {
        lock (writing)
        {
            if (colour is null) writer.WriteLine(plain);
            else colour.MarkupLine(marked);
        }
    }
}
