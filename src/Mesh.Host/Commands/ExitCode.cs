namespace Mesh.Host.Commands;

/// <summary>What a command says to the shell.</summary>
public static class ExitCode
{
    public const int Ok = 0, Failed = 1, Usage = 2, CheckFoundErrors = 3, PartlyDone = 4, NotReachable = 5, Refused = 6;
}
