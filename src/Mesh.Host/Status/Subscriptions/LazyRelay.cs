using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>A connection to the relay that is made with the first letter, if there is one.</summary>
public sealed class LazyRelay(SenderParts parts, CancellationToken cancelled) : IAsyncDisposable
{
    private RelaySession? session;

    public bool WasUsed => session is not null;

    /// <exception cref="RelayException">It cannot be used now.</exception>
    public async Task<Delivery> SendAsync(Letter letter)
    {
        session ??= await parts.OpenRelay(cancelled);
        return await session.SendAsync(letter, parts.Name, cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (session is not null) await session.DisposeAsync();
    }
}
