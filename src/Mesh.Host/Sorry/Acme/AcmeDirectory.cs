using System.Text.Json;

namespace Mesh.Host.Sorry.Acme;

/// <summary>Where an authority does what (RFC 8555 section 7.1.1).</summary>
/// <param name="NeedsBinding">Accounts are for its customers only, known to it by other means (section 7.3.4).</param>
public sealed record AcmeDirectory(Uri NewNonce, Uri NewAccount, Uri NewOrder, bool NeedsBinding)
{
    /// <exception cref="AcmeException">It is no directory.</exception>
    public static AcmeDirectory Read(JsonElement body) => new(
        AcmeOrder.Url(body, "newNonce", "directory"), AcmeOrder.Url(body, "newAccount", "directory"), AcmeOrder.Url(body, "newOrder", "directory"),
        body.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("externalAccountRequired", out var needs) && needs.ValueKind == JsonValueKind.True);
}
