using Mesh.Dialplan.Calls;

namespace Mesh.Testing.Calls;

/// <summary>People by number.</summary>
public sealed class FakePeople : Dictionary<string, PersonPaths>, IPeopleDirectory
{
    public PersonPaths? Find(string number) => this.GetValueOrDefault(number);
}
