using System.CommandLine;
using Mesh.Host.Commands;

namespace Mesh.Host.IaxTester.Commands;

/// <summary><c>mesh iax</c>: a tester for any IAX2 server.</summary>
public static class IaxCommandLine
{
    public static Command Create(Terminal terminal, TimeProvider time) => new("iax", "Test any IAX2 server: one call, many, a registration, a scenario, conformance.")
    {
        CallCommand.Create(terminal, time),
        RegisterCommand.Create(terminal, time),
        ListenCommand.Create(terminal, time),
        LoadCommand.Create(terminal, time),
        ScenarioCommand.Create(terminal, time),
        ConformCommand.Create(terminal, time),
    };
}
