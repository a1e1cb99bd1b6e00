using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>A site with two phones in virtual time, to which calls are made.</summary>
public abstract class CallsAtASite : IDisposable
{
    private protected readonly SimulatedWorld world = new();
    private protected FakeSite site;

    protected CallsAtASite()
    {
        site = new FakeSite(world);
        site.Sip.Phone("desk").Phone("hall");
    }

    public void Dispose()
    {
        world.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FakeCaller Call(string number, CallEntry entry = CallEntry.Phone)
    {
        var caller = site.Call(entry, number, c => c with { From = "caller" });
        Run(10);
        return caller;
    }

    private protected void Run(int ms) => world.RunFor(TimeSpan.FromMilliseconds(ms));

    private protected void WithOptions(CallRunnerOptions options)
    {
        site = new FakeSite(world, "office", options: options);
        site.Sip.Phone("desk").Phone("hall");
    }
}
