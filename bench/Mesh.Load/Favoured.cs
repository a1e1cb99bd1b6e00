using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>Starts what is measured a little before everybody else's turn, where the system lets us: a neighbour's build must not look like our slowness.</summary>
public static class Favoured
{
    private const string Nice = "/usr/bin/nice";
    private static readonly bool MayFavour = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(Nice);

    public static ChildProcess Start(string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null) =>
        // nice becomes the program it starts: the process id is the program's.
        MayFavour ? new ChildProcess(name, Nice, ["-n", "-10", file, .. arguments], folder, environment) : new ChildProcess(name, file, arguments, folder, environment);
}
