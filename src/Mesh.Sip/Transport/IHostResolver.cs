using System.Net;

namespace Mesh.Sip.Transport;

/// <summary>Turns a host name into addresses. Called from the loop; the work is done elsewhere.</summary>
public interface IHostResolver
{
    /// <summary>Addresses in order of preference; empty or an exception when there are none.</summary>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);
}
