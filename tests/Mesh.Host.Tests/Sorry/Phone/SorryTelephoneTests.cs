using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Switches;
using Mesh.Media.Sounds;

namespace Mesh.Host.Tests.Sorry.Phone;

public sealed class SorryTelephoneTests : IAsyncLifetime
{
    private const string Number = "+442079460123";
    private readonly string folder = Directory.CreateTempSubdirectory("mesh-telephone-").FullName;
    private readonly HandClock clock = new();
    private readonly SorrySwitches switches;
    private readonly SorryPrompts prompts;
    private readonly SorryTelephone telephone;

    public SorryTelephoneTests()
    {
        switches = new SorrySwitches(new MemoryJournal(clock), clock, site: "london");
        File.WriteAllBytes(Path.Combine(folder, "closed.wav"), new WavFile(ToneGenerator.Sine(1000, 2000), 8000).Write());
        prompts = new SorryPrompts(switches, new PromptMaker(folder, Path.Combine(folder, "kept"), new Speech("/nowhere/espeak-ng", "en-gb", TimeProvider.System)));
        switches.Telephone = (_, order, cancelled) => prompts.PrepareAsync(order, cancelled);
        telephone = new SorryTelephone(switches, prompts);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await prompts.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("020 7946 0123", Number)]
    [InlineData("+44 (0)20 7946 0123", Number)]
    [InlineData("00442079460123", Number)]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("+44", null)]
    [InlineData("Magrathea", "magrathea")]
    public void A_number_has_one_spelling(string text, string? target) => Assert.Equal(target, SorryTarget.Parse(text));

    [Fact]
    public async Task The_numbers_own_switch_answers_before_the_trunks_and_the_trunks_before_that_of_everything()
    {
        Assert.Null(Call(Number, "Magrathea"));
        await On("*");
        await On("magrathea", o => o with { Answers = [SorryAnswer.AnnounceEarly] });
        await On(Number, o => o with { Recording = "closed" });
        Assert.Equal((Number, false, 2.4), Call("02079460123", "Magrathea"));
        Assert.Equal(("magrathea", true, Usual), Call("02079460100", "Magrathea"));
        Assert.Equal(("*", false, Usual), Call(Number[..^1] + "9", "other"));
        await Off(Number);
        Assert.Equal("magrathea", Call(Number, "Magrathea")!.Value.Switch);
        await Off("magrathea");
        await Off("*");
        Assert.Null(Call(Number, "Magrathea"));
        Assert.False(switches.Board.HasPhone);
    }

    [Fact]
    public async Task It_comes_and_goes_by_the_clock()
    {
        await On(Number, o => o with { From = clock.Now.AddHours(1), Until = clock.Now.AddHours(2) });
        Assert.Null(Call(Number, "x"));
        clock.Now = clock.Now.AddHours(1);
        Assert.NotNull(Call(Number, "x"));
        clock.Now = clock.Now.AddHours(1);
        Assert.Null(Call(Number, "x"));
    }

    [Fact]
    public async Task A_message_nobody_can_speak_is_no_reason_to_refuse_but_is_told_of()
    {
        await On(Number, o => o with { Message = "back at four" });
        Assert.Equal((Number, false, Usual), Call(Number, "x"));
        Assert.Contains("espeak-ng", Assert.Single(prompts.Warnings));
        Assert.Contains(Number, prompts.Warnings[0]);
        await Off(Number);
        Assert.Empty(prompts.Warnings);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        Assert.Contains("there is no recording", await Order(Number, o => o with { Recording = "missing" }));
        Assert.Contains("sounds/NAME.wav", await Order(Number, o => o with { Recording = "../x" }));
        Assert.Contains("--phone alone", await Order(Number, o => o with { Answers = [SorryAnswer.Page] }));
        Assert.Contains("a number, a trunk, or *", await Order("*.example.org", o => o));
        Assert.Contains("a recording is for the telephone", await Order("a.example", o => o with { Answers = [SorryAnswer.Page], Recording = "closed" }));
        Assert.Contains("by itself", await Order(Number, o => o with { Automatic = "london" }));
        Assert.Null(Call(Number, "x"));
    }

    private static double Usual => Math.Round(PromptMaker.Default.Duration.TotalSeconds, 2);

    private (string Switch, bool Early, double Seconds)? Call(string called, string trunk) =>
        telephone.Find(new IncomingCall(null!, CallEntry.Carrier, called, new CallerId("", "", false)) { From = trunk }) is { } a ? (a.Switch, a.IsEarly, Math.Round(a.Sound.Duration.TotalSeconds, 2)) : null;

    private async Task On(string target, Func<SorryOrder, SorryOrder>? also = null) => Assert.Null(await Order(target, also ?? (o => o)));

    private Task<string?> Order(string target, Func<SorryOrder, SorryOrder> also) => switches.OrderAsync(target, also(new SorryOrder { On = true, Answers = [SorryAnswer.Announce] }), "anna", "");

    private async Task Off(string target) => Assert.Null(await switches.OrderAsync(target, new SorryOrder { On = false, Channels = [SorryChannel.Phone] }, "anna", ""));
}
