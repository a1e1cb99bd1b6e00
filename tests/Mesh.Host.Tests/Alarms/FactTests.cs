using Mesh.Host.Alarms;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Tests.Sorry;

namespace Mesh.Host.Tests.Alarms;

/// <summary>What is amiss, besides sites.</summary>
public sealed class FactTests
{
    private static readonly AlarmOptions Options = new();
    private readonly HandClock clock = new();

    [Fact]
    public void A_certificate_that_ends_soon_and_a_disk_that_is_full_soon()
    {
        IReadOnlyList<(string, DateTimeOffset)> certificates = [("www.example", clock.Now.AddDays(13)), ("default", clock.Now.AddDays(90))];
        long? free = Options.DiskFree;
        var house = new HouseFacts("london", () => certificates, () => free, clock, Options);
        Assert.Equal(["certificate-www-example"], house.Facts().Select(f => f.Key));
        free--;
        Assert.Equal(["certificate-www-example", "disk-london"], house.Facts().Select(f => f.Key));
        (certificates, free) = ([], null);
        Assert.Empty(house.Facts());
        Assert.True(HouseFacts.FreeAt(Path.GetTempPath()) > 0);
    }

    [Fact]
    public void Services_that_are_down_under_a_key_that_is_the_same_wherever_they_are_the_same()
    {
        var services = new[]
        {
            Of(ServiceKind.Calls, "calls", ServiceState.Down), Of(ServiceKind.Phones, "phones", ServiceState.Down), Of(ServiceKind.Trunk, "trunk-magrathea", ServiceState.Down),
            Of(ServiceKind.Peer, "peer-oldpbx", ServiceState.Down), Of(ServiceKind.Sorry, "sorry", ServiceState.Down), Of(ServiceKind.Site, "site-office", ServiceState.Down),
        };
        var facts = new ServiceFacts("london", () => new StatusSnapshot(clock.Now, services), Options);
        Assert.Equal(["phones-london", "trunk-magrathea", "peer-oldpbx", "sorry-london"], facts.Facts().Select(f => f.Key));
        services = [.. services.Select(s => s with { Reading = s.Reading with { State = ServiceState.Degraded } })];
        Assert.Empty(facts.Facts());
    }

    private static ServiceStatus Of(ServiceKind kind, string id, ServiceState state) => new(new ServiceReading(id, kind, id.Split('-')[^1], state), []);
}
