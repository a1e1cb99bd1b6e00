using Mesh.Host.Legs;

namespace Mesh.Host.Tests.Legs;

public sealed class VoiceStepsTests
{
    [Theory]
    [InlineData("in order", new uint[] { 1000, 1020, 1040 }, new[] { 1, 1, 1 })]
    [InlineData("two lost", new uint[] { 1000, 1060, 1080 }, new[] { 1, 3, 1 })]
    [InlineData("one late", new uint[] { 1000, 1040, 1020, 1060 }, new[] { 1, 2, -1, 1 })]
    [InlineData("two late, swapped", new uint[] { 1000, 1080, 1060, 1020, 1040, 1100 }, new[] { 1, 4, -1, -3, -2, 1 })]
    [InlineData("the first is late", new uint[] { 1020, 1000, 1040 }, new[] { 1, -1, 1 })]
    [InlineData("a pause", new uint[] { 1000, 3000, 3020 }, new[] { 1, 1, 1 })]
    [InlineData("the source begins anew", new uint[] { 100_000, 20, 40 }, new[] { 1, 1, 1 })]
    [InlineData("the stamps wrap", new uint[] { uint.MaxValue - 19, 0, 40, 20 }, new[] { 1, 1, 2, -1 })]
    [InlineData("the same stamp", new uint[] { 1000, 1000, 1020 }, new[] { 1, 1, 1 })]
    [InlineData("stamps a little off", new uint[] { 1000, 1023, 1041, 1079 }, new[] { 1, 1, 1, 2 })]
    public void The_number_moves_as_the_stamps_say(string why, uint[] stamps, int[] steps)
    {
        var row = new VoiceSteps();
        Assert.True(steps.SequenceEqual(stamps.Select(stamp => row.Next(stamp, 20)).ToArray()), why);
    }

    [Fact]
    public void A_frame_without_a_length_moves_by_one()
    {
        var row = new VoiceSteps();
        Assert.Equal([1, 1, 1], new uint[] { 1000, 1100, 1050 }.Select(stamp => row.Next(stamp, 0)));
    }
}
