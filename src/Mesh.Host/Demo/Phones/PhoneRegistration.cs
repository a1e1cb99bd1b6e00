using Mesh.Io;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;

namespace Mesh.Host.Demo.Phones;

/// <summary>A phone's registration at one site.</summary>
public sealed class PhoneRegistration : IRegistrationHandler
{
    private readonly SoftPhone phone;
    private readonly OutboundRegistration registration;

    internal PhoneRegistration(SoftPhone phone, NetAddress site, SipAccount account, int seconds)
    {
        this.phone = phone;
        Site = site;
        registration = new OutboundRegistration(phone.Endpoint, new RegistrationOrder(SipUri.Sip(null, site.HostText, site.Port), SipUri.Sip(account.User, site.HostText, site.Port))
        {
            Credentials = account,
            ExpiresSeconds = seconds,
            RetryMs = 500,
        }, this);
    }

    public NetAddress Site { get; }

    public bool IsRegistered => registration.IsRegistered;

    /// <summary>What the registrar said last; 0 before.</summary>
    public int Status { get; private set; }

    public void OnRegistered(OutboundRegistration granted, int seconds)
    {
        if (Status != 200) phone.Note(Site, sent: false, $"200 OK, registered for {seconds} s");
        Status = 200;
    }

    public void OnRefused(OutboundRegistration refused, SipStatus status)
    {
        if (Status != status.Code) phone.Note(Site, sent: false, $"{status}: not registered");
        Status = status.Code;
    }

    internal void Start()
    {
        phone.Note(Site, sent: true, "REGISTER");
        registration.Start();
    }

    internal void Stop() => registration.Stop();
}
