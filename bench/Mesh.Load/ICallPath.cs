namespace Mesh.Load;

/// <summary>What stands between SIPp's carrier and SIPp's phone, on its usual port 5060: a site of ours, or the referee it is measured beside.</summary>
public interface ICallPath
{
    /// <summary>The address the carrier calls.</summary>
    string Host { get; }

    string Carrier { get; }

    string Phone { get; }

    /// <summary>A folder for what the other ends write.</summary>
    string Folder { get; }

    /// <summary>What it printed.</summary>
    string Log { get; }

    /// <summary>The phone registers, as phones do before their binding runs out. Where it does not need to, nothing happens.</summary>
    Task RegisterAsync() => Task.CompletedTask;

    /// <summary>CPU time of all its processes.</summary>
    CpuReading Cpu();

    /// <summary>Waits until every call has left it.</summary>
    Task QuietAsync();
}
