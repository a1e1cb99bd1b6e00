using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;
using Mesh.Dialplan.Tests.Language;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Plans written in tests.</summary>
internal static class Plan
{
    public static readonly DialplanNames Names = new()
    {
        Phones = new HashSet<string> { "mbloch-desk", "reception", "kitchen" },
        IaxPhones = new HashSet<string> { "fax-modem" },
        Sites = new HashSet<string> { "london", "manchester", "office", "offsite" },
        Peers = new HashSet<string> { "oldpbx" },
        Trunks = new HashSet<string> { "magrathea" },
        People = new HashSet<string> { "301", "302" },
        Sounds = new HashSet<string> { "welcome", "closed" },
    };

    public static readonly DialplanCompiler Compiler = new(new DialplanOptions());

    public static DialplanOutcome Load(params string[] files) =>
        Compiler.Compile([.. files.Select((text, i) => new DialplanSource($"dialplan/{(char)('a' + i)}.csx", text))], Names);

    /// <summary>A plan that must load.</summary>
    public static DialplanModel Model(params string[] files)
    {
        var outcome = Load(files);
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors));
        return outcome.Model!;
    }

    /// <summary>The only error of a plan that must be refused.</summary>
    public static DialplanError Error(params string[] files)
    {
        var outcome = Load(files);
        Assert.Null(outcome.Model);
        return Assert.Single(outcome.Errors);
    }

    /// <summary>Runs the handler of a number; what it did is in the control's log.</summary>
    public static async Task<FakeCallControl> Call(this DialplanModel model, string number, FakeCallControl? control = null)
    {
        control ??= new FakeCallControl();
        control.Called = number;
        var entry = model.FindExtension(number);
        Assert.NotNull(entry);
        try { await entry.Handler(new Call(control)); }
        catch (CallEnded) { control.Log.Add("(ended)"); }
        return control;
    }
}
