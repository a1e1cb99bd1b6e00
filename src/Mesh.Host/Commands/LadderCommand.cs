using System.CommandLine;
using System.Net;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Console;
using Mesh.Host.Ladders;
using Mesh.Host.Ladders.Export;

namespace Mesh.Host.Commands;

/// <summary><c>mesh ladder ORIGIN</c>: one call as all sites saw it, as text, Mermaid, capture or JSON. Any site that runs can be asked.</summary>
public static class LadderCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var origin = new Argument<string>("call") { Description = "The id of the call, as 'mesh calls' and 'mesh trace' show it.", HelpName = "ORIGIN" };
        var text = new Option<bool>("--text") { Description = "Print it as text, which is what happens without an option." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Print it as a Mermaid sequence diagram." };
        var pcap = new Option<string?>("--pcap") { Description = "Write it as a capture for tshark or Wireshark; - for standard output.", HelpName = "FILE" };
        var command = new Command("ladder", "One call from all sites in one picture: SIP, IAX2, the dialplan's lines, voice.") { origin, text, mermaid, pcap };
        client.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(text) ? 1 : 0) + (result.GetValue(mermaid) ? 1 : 0) + (result.GetValue(pcap) is null ? 0 : 1) + (result.GetValue(options.Json) ? 1 : 0) > 1)
                result.AddError("one of --text, --mermaid, --pcap and --json");
            if (result.GetResult(origin) is not null && !LadderDesk.IsOrigin(result.GetValue(origin) ?? "")) result.AddError("the id of a call is letters, digits, - and _");
        });
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, $"{ConsoleFrame.AddressOfCall(parsed.GetValue(origin)!)}.json", (body, status) =>
        {
            if (status == HttpStatusCode.NotFound)
            {
                terminal.Error.WriteLine($"no site keeps a ladder of {parsed.GetValue(origin)}; 'mesh trace' lists the calls a site still knows");
                return ExitCode.Failed;
            }
            var ladder = JsonSerializer.Deserialize<Ladder>(body, AdminListener.Json)!;
            if (parsed.GetValue(options.Json)) terminal.WriteJson(ladder);
            else if (parsed.GetValue(pcap) is { } file) return Write(terminal, file, LadderPcap.Write(ladder));
            else terminal.Out.Write(parsed.GetValue(mermaid) ? LadderMermaid.Write(ladder) : LadderText.Write(ladder));
            return ladder.Missing.Count > 0 ? ExitCode.PartlyDone : ExitCode.Ok;
        }, cancelled, HttpStatusCode.NotFound));
        return command;
    }

    private static int Write(Terminal terminal, string file, byte[] octets)
    {
        try
        {
            if (file != "-") File.WriteAllBytes(file, octets);
            else
            {
                using var output = System.Console.OpenStandardOutput();
                output.Write(octets);
            }
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{file} cannot be written: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
