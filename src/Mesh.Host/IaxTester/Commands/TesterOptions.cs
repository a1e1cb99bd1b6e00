using System.CommandLine;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Commands;

/// <summary>The arguments and options the commands share. What is wrong with them is said before anything is sent.</summary>
public sealed class TesterOptions
{
    /// <summary>Holds the secret where a command line would show it to everybody.</summary>
    public const string SecretVariable = "MESH_IAX_SECRET";

    private readonly Terminal terminal;

    public TesterOptions(Terminal terminal)
    {
        this.terminal = terminal;
        Target = new Argument<string>("TARGET") { Description = "HOST[:port][/EXTENSION] of the server; the port is 4569." };
        Target.Validators.Add(r => Refuse(r, r.Tokens, t => ServerTarget.TryParse(t, out _) ? null : "HOST[:port][/EXTENSION] is expected"));
        User = new Option<string?>("--user", "-u") { Description = "The user name the server knows us by.", HelpName = "NAME" };
        Secret = new Option<string?>("--secret") { Description = $"Its secret; better in {SecretVariable}, which nobody else sees.", HelpName = "TEXT" };
        Local = new Option<string?>("--local") { Description = "Our address, and port if it matters; the right one for the server by default.", HelpName = "ADDR[:port]" };
        Local.Validators.Add(r => Refuse(r, r.Tokens, t => NetAddress.TryParse(t, 0, out _) ? null : "an IP address is expected"));
        Impair = new Option<string?>("--impair") { Description = "Make our side of the network bad: drop=5%,duplicate=10%,reorder=10%,delay=20ms,jitter=5ms,corrupt=1%,forge=1%,seed=7; out. and in. before a name for one direction.", HelpName = "LIST" };
        Impair.Validators.Add(r => Refuse(r, r.Tokens, t => ImpairmentText.TryParse(t, out _, out string? error) ? null : error));
        Json = new Option<bool>("--json") { Description = "Print JSON." };
        Codec = new Option<string>("--codec") { Description = "What to offer, best first: ulaw, alaw, slin.", HelpName = "LIST", DefaultValueFactory = _ => "ulaw,alaw" };
        Codec.Validators.Add(r => Refuse(r, r.Tokens, t => Formats(t).Count > 0 ? null : "ulaw, alaw and slin are spoken here"));
    }

    public Argument<string> Target { get; }
    public Option<string?> User { get; }
    public Option<string?> Secret { get; }
    public Option<string?> Local { get; }
    public Option<string?> Impair { get; }
    public Option<bool> Json { get; }
    public Option<string> Codec { get; }

    public void AddTo(Command command)
    {
        command.Add(Target);
        command.Add(User);
        command.Add(Secret);
        AddNetworkTo(command);
    }

    public void AddNetworkTo(Command command)
    {
        command.Add(Local);
        command.Add(Impair);
        command.Add(Json);
    }

    public ServerTarget TargetOf(ParseResult parsed)
    {
        ServerTarget.TryParse(parsed.GetValue(Target)!, out var target);
        return target;
    }

    public string? SecretOf(ParseResult parsed) =>
        parsed.GetValue(Secret) ?? (terminal.Environment.TryGetValue(SecretVariable, out var value) && value.Length > 0 ? value : null);

    public Impairments? ImpairmentsOf(ParseResult parsed) => parsed.GetValue(Impair) is { Length: > 0 } text ? Impairments.Parse(text) : null;

    public NetAddress? LocalOf(ParseResult parsed) => parsed.GetValue(Local) is { } text && NetAddress.TryParse(text, 0, out var local) ? local : null;

    public IReadOnlyList<VoiceFormat> FormatsOf(ParseResult parsed) => Formats(parsed.GetValue(Codec)!);

    /// <summary>An option that is a time.</summary>
    public static Option<string> Duration(string name, string description, string usual)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "TIME", DefaultValueFactory = _ => usual };
        option.Validators.Add(r => Refuse(r, r.Tokens, t => DurationText.TryParse(t, out _) ? null : DurationText.Expected));
        return option;
    }

    public static int Milliseconds(ParseResult parsed, Option<string> option) => DurationText.TryParse(parsed.GetValue(option)!, out int ms) ? ms : 0;

    private static void Refuse(System.CommandLine.Parsing.SymbolResult result, IReadOnlyList<System.CommandLine.Parsing.Token> tokens, Func<string, string?> fault)
    {
        foreach (var token in tokens)
            if (fault(token.Value) is { } error) result.AddError($"{token.Value}: {error}");
    }

    private static IReadOnlyList<VoiceFormat> Formats(string list)
    {
        var formats = new List<VoiceFormat>();
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Codecs.TryParse(name, out var format) || !Calls.CallMedia.Formats.Contains(format)) return [];
            formats.Add(format);
        }
        return formats;
    }
}
