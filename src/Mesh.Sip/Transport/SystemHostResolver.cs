using System.Net;

namespace Mesh.Sip.Transport;

/// <summary>The operating system's resolver: A and AAAA, hosts file and caches included.</summary>
public sealed class SystemHostResolver : IHostResolver
{
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
}
