using Mesh.Host.Config.Model;
using Mesh.Host.Sorry;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Tests.Sorry.Http;

namespace Mesh.Host.Tests.Sorry;

/// <summary>Sorry asks itself whether it answers.</summary>
public sealed class SorryProbeTests
{
    [Fact]
    public async Task It_is_up_while_all_answer_whatever_they_say_and_down_when_none_does()
    {
        await using var world = await HttpWorld.StartAsync("127.72.2.2");
        var nothing = FreePort.On("127.72.2.2", "smtp");
        await using var all = new SorryProbe(new SorryListenConfig(world.Http, world.Https, null), TimeProvider.System);
        await using var some = new SorryProbe(new SorryListenConfig(world.Http, null, nothing), TimeProvider.System);
        await using var none = new SorryProbe(new SorryListenConfig(null, null, nothing), TimeProvider.System);
        await using var nowhere = new SorryProbe(new SorryListenConfig(null, null, null), TimeProvider.System);
        Assert.Equal((ServiceState.Up, ServiceState.Degraded, ServiceState.Down), (await all.AskAsync(default), await some.AskAsync(default), await none.AskAsync(default)));
        Assert.False(nowhere.IsAny);
        Assert.Equal(ServiceState.Unknown, all.State);
        await world.On("*", SorryAnswer.Reset);
        Assert.Equal(ServiceState.Up, await all.AskAsync(default));
        all.Start();
        for (int i = 0; i < 500 && all.State == ServiceState.Unknown; i++) await Task.Delay(20);
        Assert.Equal(ServiceState.Up, all.State);
    }
}
