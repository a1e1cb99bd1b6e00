using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Sorry.Acme;

/// <summary>Orders certificates (RFC 8555 section 7): directory, account, order, HTTP-01, certificate, in one straight line. Keeps nothing but the account's key between orders.</summary>
/// <param name="show">Has a challenge of a host answered, by its token and key authorization; done when whoever the authority may ask answers it.</param>
public sealed class AcmeClient(AcmeConfig config, AcmeKey key, AcmeOptions options, TimeProvider time, Func<string, string, string, CancellationToken, Task> show)
{
    private long badNonces;

    /// <summary>Nonces that were not taken, since the start.</summary>
    public long BadNonces => Volatile.Read(ref badNonces);

    /// <summary>A certificate for one host, with a key of its own.</summary>
    /// <exception cref="AcmeException">It came to nothing; the message says at which step.</exception>
    public async Task<IssuedCertificate> OrderAsync(string host, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(options.OrderWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        using var authority = new AcmeTransport(key, config.CaFile, options, time);
        try { return await OrderAsync(authority, host, either.Token); }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new AcmeException($"the order was not filled within {options.OrderWithin.TotalSeconds:0} s");
        }
        finally { Interlocked.Add(ref badNonces, authority.BadNonces); }
    }

    private async Task<IssuedCertificate> OrderAsync(AcmeTransport authority, string host, CancellationToken cancelled)
    {
        var directory = await EnterAsync(authority, cancelled);
        var wanted = new JsonObject { ["identifiers"] = new JsonArray(new JsonObject { ["type"] = "dns", ["value"] = host }) };
        var made = await authority.PostAsync("new order", directory.NewOrder, wanted, cancelled);
        var place = made.Location ?? throw new AcmeException("new order: the authority does not say where it is");
        var order = AcmeOrder.Read(made.Object("new order"));
        foreach (var authorization in order.Authorizations) await AuthorizeAsync(authority, authorization, host, cancelled);

        if (order.Status == "pending") order = await WaitAsync(authority, "order", place, s => s is not "pending", cancelled);
        if (order.Status != "ready") throw new AcmeException($"order: it is {order.Status}, not ready{Because(order.Error)}");
        using var ours = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var filled = await authority.PostAsync("finalize", order.Finalize, new JsonObject { ["csr"] = Base64Url.EncodeToString(IssuedCertificate.Request(ours, host)) }, cancelled);
        order = AcmeOrder.Read(filled.Object("finalize"));
        if (order.Status is "processing" or "ready") order = await WaitAsync(authority, "finalize", place, s => s is not ("processing" or "ready"), cancelled);
        if (order.Status != "valid") throw new AcmeException($"finalize: the order is {order.Status}, not valid{Because(order.Error)}");
        var chain = await authority.PostAsync("certificate", order.Certificate, null, cancelled, "application/pem-certificate-chain");
        return IssuedCertificate.Read(chain.Body, ours, host, time.GetUtcNow());
    }

    // RFC 8555 section 7.3.1: the authority knows an account again by its key.
    private async Task<AcmeDirectory> EnterAsync(AcmeTransport authority, CancellationToken cancelled)
    {
        var answer = await authority.GetAsync("directory", config.Directory, cancelled);
        if (!answer.IsSuccess) throw new AcmeException($"directory: {config.Directory} answers {(int)answer.Status}");
        var directory = AcmeDirectory.Read(answer.Object("directory"));
        if (directory.NeedsBinding) throw new AcmeException("account: this authority serves its own customers only (external account binding), which is not served by this version");
        authority.NewNonce = directory.NewNonce;
        var account = new JsonObject { ["termsOfServiceAgreed"] = true };
        if (config.Contact.Count > 0) account["contact"] = new JsonArray([.. config.Contact.Select(c => (JsonNode)$"mailto:{c}")]);
        var entered = await authority.PostAsync("account", directory.NewAccount, account, cancelled);
        authority.Account = entered.Location ?? throw new AcmeException("account: the authority does not say where it is");
        return directory;
    }

    private async Task AuthorizeAsync(AcmeTransport authority, Uri place, string host, CancellationToken cancelled)
    {
        var authorization = AcmeOrder.Read((await authority.PostAsync("authorization", place, null, cancelled)).Object("authorization"));
        if (authorization.Host != host) throw new AcmeException($"authorization: the authority asks about another host than {host}");
        if (authorization.Status == "valid") return;
        var challenge = authorization.Http01 ?? throw new AcmeException("authorization: the authority does not offer HTTP-01");
        await show(host, challenge.Token, key.Authorization(challenge.Token), cancelled);
        await authority.PostAsync("challenge", challenge.Url, [], cancelled);
        authorization = await WaitAsync(authority, "authorization", place, s => s is not "pending", cancelled);
        if (authorization.Status != "valid")
            throw new AcmeException($"authorization: {host} was not found to be ours{Because(authorization.Http01?.Error)}; does http://{host}/.well-known/acme-challenge/ lead to our sites?");
    }

    private async Task<AcmeOrder> WaitAsync(AcmeTransport authority, string step, Uri place, Func<string, bool> isOver, CancellationToken cancelled)
    {
        while (true)
        {
            var answer = await authority.PostAsync(step, place, null, cancelled);
            var order = AcmeOrder.Read(answer.Object(step));
            if (isOver(order.Status)) return order;
            var wait = answer.RetryAfter is { } after && after > options.PollEvery ? after : options.PollEvery;
            // Never past the end of the order, which then is given up at once.
            await Task.Delay(wait < options.OrderWithin ? wait : options.OrderWithin, time, cancelled);
        }
    }

    private static string Because(AcmeProblem? problem) => problem is null ? "" : $" ({problem})";
}
