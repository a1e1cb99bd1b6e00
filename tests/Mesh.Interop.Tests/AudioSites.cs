using Mesh.Host.Demo.Phones;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Interop.Tests;

/// <summary>Four sites for the audio tests, started once, and a loop for the phones. Person 30n has account <c>d30n</c>, called by account <c>c30n</c> or by the carrier.</summary>
public sealed class AudioSites : IAsyncLifetime
{
    public const double CallerHz = 700, CalledHz = 1100;
    private static readonly string[] Numbers = [.. Enumerable.Range(1, 9).Select(n => $"30{n}")];
    private int nextHost = 20;

    public FourSites Sites { get; } = new("127.36.0", new TestPlan([.. Numbers.SelectMany(n => new[] { "c" + n, "d" + n })], string.Concat(Numbers.Select(Handler)))
    {
        People = Numbers.ToDictionary(n => n, n => new[] { "d" + n }),
        Numbers = [.. Numbers.Select(n => "+442079460" + n)],
    });

    public Loop Loop { get; } = DatagramLoops.Create("phones", new MeshClock(TimeProvider.System), new CryptoChance());

    public async Task InitializeAsync()
    {
        Loop.Start();
        await Sites.StartAsync();
    }

    public async Task DisposeAsync()
    {
        Loop.Dispose();
        await Sites.DisposeAsync();
    }

    public NetAddress Sip(string site) => NetAddress.Parse($"{Sites.Host(site)}:5060");

    /// <summary>A phone of its own address, registered where asked.</summary>
    public async Task<SoftPhone> PhoneAsync(string account, IReadOnlyList<AudioCodec> codecs, params string[] registeredAt)
    {
        bool isCaller = account[0] == 'c';
        var options = new SoftPhoneOptions(account, account == "carrier" ? NetAddress.Parse($"{Sites.Carrier}:5060") : NetAddress.Parse($"{Sites.Net}.{nextHost++}:5060"))
        {
            Secret = account == "carrier" ? null : TestPlan.Secret,
            Codecs = codecs,
            SaysHz = isCaller ? CallerHz : CalledHz,
            HearsHz = isCaller ? CalledHz : CallerHz,
        };
        var phone = await LoopWait.Ask(Loop, () =>
        {
            var made = new SoftPhone(Loop, options);
            foreach (string site in registeredAt) made.Register(Sip(site));
            return made;
        });
        Assert.True(await LoopWait.Until(Loop, 10_000, () => phone.IsRegisteredEverywhere), $"{account} could not register\n{Sites.Logs()}");
        return phone;
    }

    public Task DropAsync(params SoftPhone[] phones) => LoopWait.Ask(Loop, () => { foreach (var phone in phones) phone.Dispose(); return true; });

    // 305 rings beside it what cannot be reached, so that legs fail while the caller hears ringback; 306 does so again and again.
    private static string Handler(string number) => number switch
    {
        "305" => """
            Extension("305", async call => { await call.Dial(Sip("d305") & Sip("c309") & Iax("manchester/999") & Iax("office/999") & Iax("offsite/309"), ringFor: 20.Seconds); });
            Inbound("+442079460305", call => call.Goto("305"));

            """,
        _ => $$"""
            Extension("{{number}}", async call => { await call.Dial(Person("{{number}}"), ringFor: 20.Seconds); });
            Inbound("+442079460{{number}}", call => call.Goto("{{number}}"));

            """,
    };
}
