using Mesh.Host.Demo.Phones;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>Who plays: a carrier's double and three phones, two registered at every site and one at the last only, all on one loop of their own.</summary>
public sealed class DemoCast : IDisposable
{
    public const double CarrierHz = 700, PhonesHz = 1100;
    private const int CarrierHost = 9, FirstPhoneHost = 20;

    /// <summary>Registered at every site.</summary>
    public const string Desk = "mbloch-desk", Reception = "reception";

    /// <summary>Registered at the last site only: elsewhere it can be reached only over IAX2.</summary>
    public const string Remote = "pcherry-softphone";

    private readonly DemoBundle bundle;

    public DemoCast(DemoBundle bundle, Loop loop, Action<PhoneEvent> seen)
    {
        this.bundle = bundle;
        Carrier = new SoftPhone(loop, new SoftPhoneOptions("carrier", bundle.Host(CarrierHost)) { SaysHz = CarrierHz, HearsHz = PhonesHz }) { Seen = seen };
        string[] accounts = [Desk, Reception, Remote];
        Phones = [.. accounts.Select((account, i) => new SoftPhone(loop, new SoftPhoneOptions(account, bundle.Host(FirstPhoneHost + i))
        {
            Secret = bundle.SecretOf(account),
            SaysHz = PhonesHz,
            HearsHz = CarrierHz,
        }) { Seen = seen })];
    }

    public SoftPhone Carrier { get; }

    public IReadOnlyList<SoftPhone> Phones { get; }

    /// <summary>Begins to register. On the phones' loop.</summary>
    public void Register()
    {
        foreach (var phone in Phones)
            foreach (string site in phone.Options.Account == Remote ? bundle.Sites.Keys.TakeLast(1) : bundle.Sites.Keys)
                phone.Register(bundle.SipOf(site));
    }

    /// <summary>All are registered everywhere. On the phones' loop.</summary>
    public bool AreRegistered => Phones.All(p => p.IsRegisteredEverywhere);

    public SoftPhone this[string account] => Phones.First(p => p.Options.Account == account);

    public void Dispose()
    {
        Carrier.Dispose();
        foreach (var phone in Phones) phone.Dispose();
    }
}
