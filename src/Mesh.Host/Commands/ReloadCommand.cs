using System.CommandLine;
using System.Net;
using System.Text.Json;
using Mesh.Host.Admin;

namespace Mesh.Host.Commands;

/// <summary><c>mesh reload</c>: has a running site read its bundle again. A bundle that does not check changes nothing.</summary>
public static class ReloadCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var command = new Command("reload", "Have a running site read its bundle again.");
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Post, "/api/reload", (body, _) =>
        {
            var done = JsonSerializer.Deserialize<ReloadView>(body, AdminListener.Json)!;
            if (parsed.GetValue(options.Json)) terminal.WriteJson(done);
            else
            {
                foreach (var problem in done.Problems) terminal.Out.WriteLine(problem);
                terminal.Error.WriteLine(done.Accepted ? $"reloaded: dialplan {done.DialplanHash}" : "refused: nothing has changed");
            }
            return done.Accepted ? ExitCode.Ok : ExitCode.Refused;
        }, cancelled, accept: HttpStatusCode.Conflict));
        return command;
    }
}
