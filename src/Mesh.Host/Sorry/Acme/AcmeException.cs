namespace Mesh.Host.Sorry.Acme;

/// <summary>An order that came to nothing; the message says at which step and why, for an operator.</summary>
public sealed class AcmeException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>When the authority is ready to be asked again, as it says itself; null: it does not say.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
