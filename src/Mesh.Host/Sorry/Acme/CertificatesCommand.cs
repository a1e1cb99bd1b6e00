using System.CommandLine;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Acme;

/// <summary><c>mesh sorry certificates</c>: what HTTPS and STARTTLS are answered with, and what is ordered.</summary>
public static class CertificatesCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var command = new Command("certificates", "The certificates of a site, until when they last, and what is ordered.");
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, CertificatePages.Path, (body, _) => Show(terminal, body, parsed.GetValue(options.Json)), cancelled));
        return command;
    }

    private static int Show(Terminal terminal, string body, bool json)
    {
        var view = JsonSerializer.Deserialize<CertificatesView>(body, AdminListener.Json)!;
        if (json)
        {
            terminal.WriteJson(view);
            return ExitCode.Ok;
        }
        var rows = view.Certificates.Select(c => (IReadOnlyList<string>)[string.Join(' ', c.Names), c.Issuer, SorryText.Time(c.NotAfter), c.Ordered ? "acme" : "file", c.File])
            .Concat(view.Orders.Where(o => o.Until is null).Select(o => (IReadOnlyList<string>)[o.Host, "-", "-", "acme", "not there yet"]));
        TextTable.Write(terminal.Out, ["NAMES", "ISSUER", "END", "SOURCE", "FILE"], rows);
        foreach (var order in view.Orders.Where(o => o.Failure is not null))
            terminal.Error.WriteLine($"warning: {order.Host}: {order.Failure!.Times} orders failed, the next is not before {SorryText.Time(order.Due)}: {order.Failure.Why}");
        return ExitCode.Ok;
    }
}
