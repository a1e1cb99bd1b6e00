using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;
using Mesh.Dialplan.Tests.Language;
using Xunit.Abstractions;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>A plan that was replaced goes, code and all, when the last call on it has ended.</summary>
public class UnloadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task AReplacedPlanGoesWithItsLastCall()
    {
        using var bundle = new PlanFolder("Extension(\"1\", async call => { await call.Wait(1.Seconds); call.Note(\"old\"); });");
        var live = bundle.Live();
        Assert.True(live.Reload().IsLoaded);
        var (old, running, control) = BeginCall(live);

        bundle.Write("Extension(\"1\", call => call.Answer());");
        Assert.True(live.Reload().IsLoaded);
        Assert.Equal(0, live.Current!.Calls);
        Collect();
        Assert.True(old.IsAlive);                          // its call is still waiting
        control.Release();
        await running;
        Assert.Contains("Note old", control.Log);          // and ended on the plan it began with
        running = null!;
        Assert.True(await IsGone(old));
    }

    [Fact]
    public async Task ARefusedPlanLeavesNothing()
    {
        const string throws = "Extension(\"1\", call => call.Answer());\nthrow new Exception(\"no\");";
        for (int i = 0; i < 5; i++) Assert.Equal("Exception: no", Plan.Error(throws).Message);
        string name = $"dialplan-{DialplanCompiler.Hash([new("dialplan/a.csx", throws)])}";
        for (int attempt = 0; attempt < 50 && Loaded(name) > 0; attempt++) { Collect(); await Task.Yield(); }
        Assert.Equal(0, Loaded(name));
    }

    [Fact]
    public async Task TwoHundredReloadsLeaveNothing()
    {
        using var bundle = new PlanFolder("");
        var live = bundle.Live();
        var plans = new List<WeakReference>();
        var clock = Stopwatch.StartNew();
        var first = TimeSpan.Zero;
        for (int i = 0; i < 200; i++)
        {
            plans.Add(ReloadAndCall(bundle, live, i));
            if (i == 0) first = clock.Elapsed;
        }
        output.WriteLine($"first {first.TotalMilliseconds:0} ms, then {(clock.Elapsed - first).TotalMilliseconds / 199:0.0} ms a reload");
        for (int attempt = 0; attempt < 50 && plans.Count(plan => plan.IsAlive) > 1; attempt++) { Collect(); await Task.Yield(); }
        // Only the one in force is left.
        Assert.Equal([199], Enumerable.Range(0, 200).Where(i => plans[i].IsAlive));
        GC.KeepAlive(live);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ReloadAndCall(PlanFolder bundle, LiveDialplan live, int i)
    {
        bundle.Write($"var desk = Sip(\"kitchen\");\nExtension(\"_{i % 10}X\", async call => {{ if (await call.Dial(desk, ringFor: {i + 1}.Seconds)) return; call.Note(\"{i}\"); }});");
        var outcome = live.Reload();
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors));
        var model = live.Enter()!;
        var control = new FakeCallControl();
        model.FindExtension($"{i % 10}5")!.Handler(new Call(control)).GetAwaiter().GetResult();
        model.Leave();
        Assert.Equal([$"Dial SIP/kitchen {i + 1}", $"Note {i}"], control.Log);
        return new WeakReference(((CompiledDialplan)model).Context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Plan, Task Running, HeldCallControl Control) BeginCall(LiveDialplan live)
    {
        var control = new HeldCallControl();
        var model = live.Enter()!;
        return (new WeakReference(((CompiledDialplan)model).Context), Handle(model, control), control);
    }

    private static async Task Handle(DialplanModel model, HeldCallControl control)
    {
        await model.FindExtension("1")!.Handler(new Call(control));
        model.Leave();
    }

    private static async Task<bool> IsGone(WeakReference plan)
    {
        for (int attempt = 0; attempt < 50 && plan.IsAlive; attempt++) { Collect(); await Task.Yield(); }
        return !plan.IsAlive;
    }

    private static int Loaded(string name) => System.Runtime.Loader.AssemblyLoadContext.All.Count(context => context.Name?.StartsWith(name, StringComparison.Ordinal) == true);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
