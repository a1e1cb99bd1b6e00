using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Host.Config.Model;
using Endpoint = Mesh.Dialplan.Language.Endpoint;

namespace Mesh.Host.Sites;

/// <summary>The people of the bundle: their phones here, and every other site.</summary>
public sealed class PeopleDirectory : IPeopleDirectory
{
    private readonly Dictionary<string, PersonPaths> paths = new(StringComparer.Ordinal);

    public PeopleDirectory(SiteModel site)
    {
        string[] others = [.. site.OtherSites.Select(s => s.Name)];
        foreach (var person in site.Mesh.People.Values)
            paths[person.Number] = new PersonPaths([.. person.Phones.Select(Phone)], others);

        Endpoint Phone(string account) => site.Mesh.Phones[account].Iax2 ? new IaxEndpoint(account, "") : new PhoneEndpoint(account);
    }

    public PersonPaths? Find(string number) => paths.GetValueOrDefault(number);
}
