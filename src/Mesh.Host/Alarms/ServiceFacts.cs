using Mesh.Host.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Alarms;

/// <summary>What is amiss by the services of the status page: all telephones of a site gone, a carrier or another exchange that does not answer, sorry that does not.</summary>
public sealed class ServiceFacts(string site, Func<StatusSnapshot> snapshot, AlarmOptions options)
{
    public IEnumerable<AlarmFact> Facts() => snapshot().Services.Where(s => s.State == ServiceState.Down).Select(s => Of(s.Reading)).OfType<AlarmFact>();

    private AlarmFact? Of(ServiceReading reading) => reading.Kind switch
    {
        ServiceKind.Phones => new($"phones-{site}", $"No telephone is registered at {site}", [reading.Id], IncidentImpact.Major, options.After),
        // One carrier, whichever sites miss it.
        ServiceKind.Trunk => new(reading.Id, $"Carrier {reading.Name} does not answer", [reading.Id], IncidentImpact.Major, options.After),
        ServiceKind.Peer => new(reading.Id, $"Exchange {reading.Name} is not reachable", [reading.Id], IncidentImpact.Minor, options.After),
        ServiceKind.Sorry => new($"sorry-{site}", $"Sorry pages and mail are not answered at {site}", [reading.Id], IncidentImpact.Minor, options.After),
        // Sites come from the roster, which knows sooner; of itself a site that does not answer can say nothing.
        _ => null,
    };
}
