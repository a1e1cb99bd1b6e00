using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mesh.Host.Admin;

namespace Mesh.Host.Commands;

/// <summary><c>mesh calls</c>, <c>mesh phones</c>, <c>mesh peers</c>, <c>mesh trunks</c>: what a running site is doing.</summary>
public static class ListCommands
{
    public static IEnumerable<Command> Create(Terminal terminal, BundleOptions options, AdminClient client, TimeProvider time)
    {
        yield return List<CallView>("calls", "Calls in progress.", ["ID", "FROM", "CALLER", "CALLED", "STATE", "SINCE", "LEGS"], c =>
            [c.Id, $"{c.Entry}/{c.From}", c.Caller, c.Called, c.State, Seconds(time.GetUtcNow() - (c.AnsweredAt ?? c.StartedAt)), string.Join(", ", c.Legs.Select(l => $"{l.To} {l.State}"))]);
        yield return List<PhoneView>("phones", "Phones, registered or not.", ["PHONE", "OVER", "REGISTERED", "CONTACTS"], p =>
            [p.Account, p.Technology, p.Registered ? "yes" : "no", string.Join(", ", p.Contacts.Select(c => $"{c.Received} for {c.ExpiresInSeconds}s"))]);
        yield return List<PeerView>("peers", "Other sites, IAX2 systems and carriers.", ["NAME", "KIND", "ADDRESS", "STATE", "RTT", "CALLS"], p =>
            [p.Name, p.Kind, p.Address, p.State, p.RoundTripMs is { } ms ? ms.ToString("0.0", CultureInfo.InvariantCulture) + "ms" : "-", p.Calls.ToString(CultureInfo.InvariantCulture)]);
        yield return List<TrunkView>("trunks", "Carriers, and which sites should take our numbers on them.", ["TRUNK", "TO", "CALLS", "MOST", "NUMBERS"], t =>
            [t.Name, t.To, t.Calls.ToString(CultureInfo.InvariantCulture), t.MaxCalls?.ToString(CultureInfo.InvariantCulture) ?? "-", string.Join(", ", t.Numbers.Select(n => n.Sites.Count > 0 ? $"{n.Number} ({string.Join(' ', n.Sites)})" : n.Number))]);

        Command List<T>(string name, string help, string[] headings, Func<T, IReadOnlyList<string>> row)
        {
            var command = new Command(name, help);
            client.AddTo(command);
            command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, $"/api/{name}", (body, _) =>
            {
                var items = JsonSerializer.Deserialize<IReadOnlyList<T>>(body, AdminListener.Json)!;
                if (parsed.GetValue(options.Json)) terminal.WriteJson(items);
                else TextTable.Write(terminal.Out, headings, items.Select(row));
                return ExitCode.Ok;
            }, cancelled));
            return command;
        }
    }

    private static string Seconds(TimeSpan since) => $"{Math.Max(0, (long)since.TotalSeconds)}s";
}
