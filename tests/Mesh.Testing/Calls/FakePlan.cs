using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;

namespace Mesh.Testing.Calls;

/// <summary>A dialplan written in the test: exact numbers only.</summary>
public sealed class FakePlan : DialplanModel
{
    private readonly Dictionary<string, DialplanEntry> extensions = [], inbound = [];
    private int calls;

    private DialplanEntry? otherwise;

    public override DialplanEntry? Otherwise => otherwise;

    public override string Hash => "fake";

    public override int Calls => calls;

    public FakePlan Extension(string number, Func<Call, Task> handler)
    {
        extensions[number] = new DialplanEntry(number, handler, "plan.csx", extensions.Count + 1);
        return this;
    }

    /// <summary>An extension whose handler may run on the loop.</summary>
    public FakePlan Straight(string number, Func<Call, Task> handler)
    {
        extensions[number] = new DialplanEntry(number, handler, "plan.csx", extensions.Count + 1) { IsStraight = true };
        return this;
    }

    public FakePlan Inbound(string number, Func<Call, Task> handler)
    {
        inbound[number] = new DialplanEntry(number, handler, "plan.csx", 100 + inbound.Count);
        return this;
    }

    public FakePlan Anything(Func<Call, Task> handler)
    {
        otherwise = new DialplanEntry("*", handler, "plan.csx", 200);
        return this;
    }

    public override DialplanEntry? FindExtension(string number) => extensions.GetValueOrDefault(number) ?? otherwise;

    public override DialplanEntry? FindInbound(string number) => inbound.GetValueOrDefault(number);

    /// <summary>Whether what a handler dials last may leave the site.</summary>
    public bool DialsAreLast { get; set; }

    public override bool IsLastDial(string file, int line) => DialsAreLast;

    public override void Enter() => calls++;

    public override void Leave() => calls--;
}
