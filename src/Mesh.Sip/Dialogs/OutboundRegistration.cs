using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Keeps a binding at a registrar: registers, answers its challenge, refreshes in time, comes back after failures, and takes the binding away when stopped.</summary>
public sealed class OutboundRegistration : IOutgoingRequestHandler, IDeadlineOwner, ITargetUser
{
    private readonly SipEndpoint endpoint;
    private readonly RegistrationOrder order;
    private readonly IRegistrationHandler handler;
    private readonly StandaloneRequests source;
    private readonly Deadline next;
    private int expires, failures;
    private bool isBusy, isStarted, isRemoving;

    public OutboundRegistration(SipEndpoint endpoint, RegistrationOrder order, IRegistrationHandler handler)
    {
        this.endpoint = endpoint;
        this.order = order;
        this.handler = handler;
        expires = order.ExpiresSeconds;
        source = new StandaloneRequests(endpoint, new RequestOrder(order.Registrar) { From = $"<{order.AddressOfRecord}>", To = $"<{order.AddressOfRecord}>", Flow = order.Flow });
        next = new Deadline(this);
    }

    public RegistrationOrder Order => order;

    public bool IsRegistered { get; private set; }

    /// <summary>Begins, or refreshes now.</summary>
    public void Start()
    {
        isStarted = true;
        if (!isBusy) Resolve();
    }

    /// <summary>Takes the binding away, if there is one (10.2.2), and stays away.</summary>
    public void Stop()
    {
        if (!isStarted) return;
        isStarted = false;
        endpoint.Loop.Deadlines.Disarm(next);
        if (!isBusy) Remove();
    }

    public void OnDeadline(Deadline deadline)
    {
        if (isStarted && !isBusy) Resolve();
    }

    void ITargetUser.OnTargets(IReadOnlyList<SipFlow> targets)
    {
        if (targets.Count == 0) { Failed(SipStatus.ServiceUnavailable, null); return; }
        // A registrar whose first address failed is tried at its next one.
        source.Flow = targets[failures % targets.Count];
        Register();
    }

    void IOutgoingRequestHandler.OnFinal(OutgoingRequest request, SipStatus status, SipResponse? response)
    {
        isBusy = false;
        if (isRemoving || !isStarted) { AfterStop(); return; }
        if (status.IsSuccess) Granted(response!);
        else if (status == SipStatus.IntervalTooBrief && response!.TryGet<DeltaSeconds>(HeaderName.MinExpires, out var least) && least.Seconds > expires && least.Seconds <= int.MaxValue)
        {
            expires = (int)least.Seconds;
            Resolve();
        }
        else Failed(status, response);
    }

    private void Resolve()
    {
        isBusy = true;
        if (order.Flow is not null) Register();
        else endpoint.Targets.Resolve(source.NextHop, this);
    }

    private void Register()
    {
        string user = order.ContactUser ?? order.AddressOfRecord.UnescapedUser;
        string contact = $"{OwnContact.Of(source.Flow, user.Length == 0 ? default : SipText.From(UriEscape.EncodeUser(user)))}{order.ContactParameters}";
        var headers = new HeaderLines().Add(HeaderName.Contact, contact).Add(HeaderName.Expires, isRemoving ? 0 : expires);
        new OutgoingRequest(endpoint, source, this, order.Credentials).Send(SipMethod.Register, headers, default);
    }

    private void Granted(SipResponse response)
    {
        failures = 0;
        IsRegistered = true;
        int seconds = Granted(response, expires);
        // Early enough for a lost datagram or two, and not all phones at once.
        long ms = seconds * (800L + endpoint.Loop.Chance.NextInt32(100));
        endpoint.Loop.Deadlines.Arm(next, ms);
        handler.OnRegistered(this, seconds);
    }

    private int Granted(SipResponse response, int asked)
    {
        foreach (var contact in response.All<Contact>(HeaderName.Contact))
            if (!contact.IsStar && contact.Expires is { } own && IsOurs(contact.Uri)) return (int)Math.Clamp(own, 1, 86_400 * 7);
        return response.TryGet<DeltaSeconds>(HeaderName.Expires, out var all) ? (int)Math.Clamp(all.Seconds, 1, 86_400 * 7) : asked;
    }

    private bool IsOurs(in SipUri uri) =>
        $"{uri.Host}:{uri.Port ?? source.Flow.Transport.Protocol.DefaultPort()}".Equals(source.Flow.Transport.SentBy, StringComparison.OrdinalIgnoreCase)
        && uri.UnescapedUser == (order.ContactUser ?? order.AddressOfRecord.UnescapedUser);

    private void Failed(SipStatus status, SipResponse? response)
    {
        isBusy = false;
        IsRegistered = false;
        if (isRemoving || !isStarted) { AfterStop(); return; }
        long ms = Math.Min(order.MaxRetryMs, (long)order.RetryMs << Math.Min(failures++, 16));
        if (response is not null && response.TryGet<RetryAfter>(HeaderName.RetryAfter, out var wait)) ms = Math.Max(ms, Math.Min(wait.Seconds, 3_600) * 1000L);
        endpoint.Loop.Deadlines.Arm(next, (ms / 2) + endpoint.Loop.Chance.NextInt32((int)Math.Max(1, ms / 2)));
        handler.OnRefused(this, status);
    }

    private void Remove()
    {
        isRemoving = true;
        Resolve();
    }

    private void AfterStop()
    {
        IsRegistered = false;
        // Stopped while a REGISTER was on its way: that one may have made a binding.
        if (!isRemoving) { Remove(); return; }
        isRemoving = false;
        if (isStarted) Resolve(); else handler.OnUnregistered(this);
    }
}
