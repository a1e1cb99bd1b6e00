namespace Mesh.Media.Tests.Sounds;

public sealed class PlayoutTests
{
    [Fact]
    public void A_sound_is_sent_every_20_ms_and_its_end_is_told_once()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg(AudioCodec.Pcmu);
        var ended = new List<PlayoutEnd>();
        Playout.Start(port, new Sound(ToneGenerator.Sine(440, 1000)).Play(), ended.Add);
        w.Run(1500);
        Assert.Equal(50, phone.Got.Count);
        Assert.Equal([PlayoutEnd.Finished], ended);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal((i == 0, 0), (phone.Got[i].Header.Marker, (int)phone.Got[i].Header.PayloadType));
            Assert.InRange(phone.Got[i].AtMs - phone.Got[0].AtMs, 20 * i - 1, 20 * i + 1);
            Assert.Equal((uint)(160 * i), phone.Got[i].Header.Timestamp - phone.Got[0].Header.Timestamp);
        }
        Assert.All(w.Loops, loop => Assert.Equal(0, loop.Deadlines.Armed));
    }

    [Fact]
    public void Stop_ends_it_without_a_word()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg();
        var ended = new List<PlayoutEnd>();
        var playout = Playout.Start(port, UkTones.Ringback.PlayEndless(), ended.Add);
        w.Run(95);
        playout.Stop();
        int sent = phone.Got.Count;
        w.Run(200);
        Assert.Equal((sent, 0), (phone.Got.Count, ended.Count));
    }

    [Fact]
    public void A_new_sound_replaces_the_old_and_one_begun_by_the_end_of_another_follows_it()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg();
        var order = new List<string>();
        Playout.Start(port, UkTones.Ringback.PlayEndless(), why => order.Add($"ringback {why}"));
        w.Run(100);
        Playout.Start(port, new Sound(ToneGenerator.Sine(400, 100)).Play(), why =>
        {
            order.Add($"first {why}");
            Playout.Start(port, new Sound(ToneGenerator.Sine(400, 100)).Play(), again => order.Add($"second {again}"));
        });
        w.Run(1000);
        Assert.Equal(["ringback Replaced", "first Finished", "second Finished"], order);
        Assert.Single(phone.Got.Select(p => p.Header.Ssrc).Distinct());
        for (int i = 1; i < phone.Got.Count; i++)
            Assert.True((int)(phone.Got[i].Header.Timestamp - phone.Got[i - 1].Header.Timestamp) >= 160);
    }

    [Fact]
    public void A_hundred_ringing_calls_share_one_deadline()
    {
        using var w = new MediaWorld(options: new() { Ready = 200 });
        var legs = Enumerable.Range(0, 100).Select(_ => w.Leg()).ToList();
        foreach (var leg in legs) Playout.Start(leg.Port, UkTones.Ringback.PlayEndless());
        w.Run(1001);
        Assert.All(w.Loops, loop => Assert.Equal(1, loop.Deadlines.Armed));
        Assert.All(legs, leg => Assert.InRange(leg.Phone.Got.Count, 50, 51));
    }

    [Fact]
    public void A_port_that_goes_away_ends_its_ringing()
    {
        using var w = new MediaWorld();
        var (port, phone) = w.Leg();
        var ended = new List<PlayoutEnd>();
        Playout.Start(port, UkTones.Ringback.PlayEndless(), ended.Add);
        w.Run(100);
        port.Dispose();
        int sent = phone.Got.Count;
        w.Run(100);
        Playout.Start(port, UkTones.Ringback.PlayEndless(), ended.Add);
        w.Run(100);
        Assert.Equal([PlayoutEnd.Replaced, PlayoutEnd.Replaced], ended);
        Assert.Equal(sent, phone.Got.Count);
        Assert.All(w.Loops, loop => Assert.Equal(0, loop.Deadlines.Armed));
    }

    [Fact]
    public void A_callback_that_throws_silences_nobody_else()
    {
        using var w = new MediaWorld();
        var (bad, _) = w.Leg();
        var (good, phone) = w.Leg();
        while (good.Loop != bad.Loop) (good, phone) = w.Leg();
        Playout.Start(bad, new Sound(ToneGenerator.Sine(400, 40)).Play(), _ => throw new InvalidOperationException("mine"));
        Playout.Start(good, UkTones.Ringback.PlayEndless());
        w.Run(501);
        Assert.InRange(phone.Got.Count, 25, 26);
        Assert.Equal("mine", Assert.Single(w.World.Faults).Exception.Message);
        w.ExpectedFaults = 1;
    }

    [Fact]
    public void A_port_without_an_agreement_keeps_the_sounds_time()
    {
        using var w = new MediaWorld();
        var port = w.Pool.Rent()!;
        var ended = new List<PlayoutEnd>();
        Playout.Start(port, new Sound(ToneGenerator.Sine(400, 200)).Play(), ended.Add);
        w.Run(300);
        Assert.Equal([PlayoutEnd.Finished], ended);
    }
}
