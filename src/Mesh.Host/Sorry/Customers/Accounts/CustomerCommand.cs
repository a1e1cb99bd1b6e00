using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary><c>mesh sorry customer</c>: who may say sorry for hosts of their own. A password that was made up is the only thing on stdout.</summary>
public static class CustomerCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client) => new("customer", "Accounts of those who say sorry for hosts of their own.")
    {
        Change(terminal, options, client, "add", "Make an account; prints its password.", CustomerAct.Add, hasHosts: true, hasPassword: true),
        Change(terminal, options, client, "hosts", "Replace the hosts of an account.", CustomerAct.Hosts, hasHosts: true, hasPassword: false),
        Change(terminal, options, client, "password", "Give an account another password, which ends its sessions and its token; prints it.", CustomerAct.Password, hasHosts: false, hasPassword: true),
        Change(terminal, options, client, "remove", "Remove an account. What it has switched on stays on.", CustomerAct.Remove, hasHosts: false, hasPassword: false),
        List(terminal, options, client),
    };

    private static Command Change(Terminal terminal, BundleOptions options, AdminClient client, string verb, string description, CustomerAct act, bool hasHosts, bool hasPassword)
    {
        var name = new Argument<string>("name") { Description = "The account." };
        var hosts = new Option<string[]>("--host") { Description = "A host of theirs, or *.DOMAIN; may be repeated.", Required = hasHosts, AllowMultipleArgumentsPerToken = true };
        var stdin = new Option<bool>("--password-stdin") { Description = "Read the password from stdin instead of making one up." };
        var who = new Option<string?>("--who") { Description = "Who does it; the user of this shell when absent." };
        var why = new Option<string?>("--why") { Description = "Why, for colleagues." };
        var command = new Command(verb, description) { name, who, why };
        if (hasHosts) command.Add(hosts);
        if (hasPassword) command.Add(stdin);
        client.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            string? password = hasPassword && parsed.GetValue(stdin) ? await System.Console.In.ReadLineAsync(cancelled) ?? "" : null;
            var request = new CustomerRequest(act, parsed.GetValue(name)!, parsed.GetValue(who) ?? SorryCommand.Person(terminal), parsed.GetValue(why) ?? "", password)
            {
                Hosts = hasHosts ? parsed.GetValue(hosts) ?? [] : [],
            };
            return await client.Ask(parsed, HttpMethod.Post, CustomerAdminPages.Path, (body, _) =>
            {
                var done = JsonSerializer.Deserialize<CustomerDone>(body, AdminListener.Json)!;
                if (parsed.GetValue(options.Json)) terminal.WriteJson(done);
                else if (done.Password is not null) terminal.Out.WriteLine(done.Password);
                return ExitCode.Ok;
            }, cancelled, content: JsonContent.Create(request, options: AdminListener.Json));
        });
        return command;
    }

    private static Command List(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var command = new Command("list", "The accounts and their hosts.");
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, CustomerAdminPages.Path, (body, _) =>
        {
            var customers = JsonSerializer.Deserialize<IReadOnlyList<CustomerView>>(body, AdminListener.Json)!;
            if (parsed.GetValue(options.Json)) terminal.WriteJson(customers);
            else TextTable.Write(terminal.Out, ["NAME", "HOSTS", "TOKEN"], customers.Select(static c => (IReadOnlyList<string>)[c.Name, string.Join(", ", c.Hosts), c.HasToken ? "yes" : "no"]));
            return ExitCode.Ok;
        }, cancelled));
        return command;
    }
}
