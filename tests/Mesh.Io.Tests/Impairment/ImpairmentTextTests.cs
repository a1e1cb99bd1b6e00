namespace Mesh.Io.Tests;

public sealed class ImpairmentTextTests
{
    [Fact]
    public void Every_item_is_read()
    {
        var read = Impairments.Parse("drop=5%, burst=4,duplicate=10%,reorder=0.1,reorder-by=30ms,delay=20ms,jitter=1.5ms,corrupt=0.5%,forge=1%,rate=2Mbit,queue=1s,cut,seed=7");
        Assert.Equal(read.Out, read.In);
        Assert.Equal(7UL, read.Seed);
        Assert.Equal(new Impairment
        {
            Loss = 0.05, Burst = 4, Duplication = 0.1, Reordering = 0.1, ReorderBy = TimeSpan.FromMilliseconds(30), Latency = TimeSpan.FromMilliseconds(20),
            Jitter = TimeSpan.FromMicroseconds(1_500), Corruption = 0.005, Forgery = 0.01, BitsPerSecond = 2_000_000, Queue = TimeSpan.FromSeconds(1), Cut = true,
        }, read.Out);
    }

    [Fact]
    public void A_direction_of_its_own_wins_wherever_it_stands()
    {
        var read = Impairments.Parse("in.drop=100%,drop=1%,out.delay=5ms,in.cut=off,cut");
        Assert.Equal((0.01, 1.0), (read.Out.Loss, read.In.Loss));
        Assert.Equal((true, false), (read.Out.Cut, read.In.Cut));
        Assert.Equal((TimeSpan.FromMilliseconds(5), Impairment.None.Latency), (read.Out.Latency, read.In.Latency));
    }

    [Theory]
    [InlineData("")]
    [InlineData("drop=5%,duplicate=10%,reorder=10%,delay=20ms")]
    [InlineData("drop=0.1%,burst=2.5,reorder-by=250us,jitter=3ms,seed=18446744073709551615")]
    [InlineData("out.drop=20%,in.drop=33.3%,in.rate=64000bit,queue=50ms,out.cut")]
    public void What_is_written_is_read_again(string text)
    {
        var read = Impairments.Parse(text);
        Assert.Equal(text, read.ToString());
        Assert.Equal(read, Impairments.Parse(read.ToString()));
    }

    [Theory]
    [InlineData("dorp=5%", "there is no impairment 'dorp'; there are drop, burst")]
    [InlineData("drop=5", "'drop=5': a share is a percentage or a fraction up to 1, such as drop=5% or drop=0.05")]
    [InlineData("drop=105%", "between 0% and 100%")]
    [InlineData("drop=-5%", "between 0% and 100%")]
    [InlineData("drop", "'drop=': a share is between 0% and 100%, such as drop=5%")]
    [InlineData("delay=20", "'delay=20': a time has a unit (us, ms or s)")]
    [InlineData("delay=2h", "a time has a unit")]
    [InlineData("delay=99999s", "at most an hour")]
    [InlineData("rate=2M", "a rate has a unit")]
    [InlineData("burst=0.5", "a burst is a mean number of datagrams, at least 1")]
    [InlineData("drop=80%,burst=1", "lose at most 50.0 %, not 80.0 %")]
    [InlineData("drop=1%,drop=2%", "'drop' is given twice")]
    [InlineData("cut=maybe", "write cut, or cut=off")]
    [InlineData("seed=x", "a seed is a whole number")]
    [InlineData("in.seed=4", "the seed is one for both directions")]
    public void What_is_wrong_is_said(string text, string part)
    {
        Assert.False(ImpairmentText.TryParse(text, out _, out string? error));
        Assert.Contains(part, error);
        Assert.Equal(error, Assert.Throws<FormatException>(() => Impairments.Parse(text)).Message);
    }
}
