namespace Mesh.Iax2.Tests.Calls;

public class CallNumbersTests
{
    [Fact]
    public void All_numbers_but_zero_and_one_are_given_out_once_then_none()
    {
        var numbers = new CallNumbers(new SeededChance(1), 60_000);
        var seen = new HashSet<ushort>();
        for (int i = 2; i <= 0x7FFF; i++)
        {
            Assert.True(numbers.TryTake(0, out ushort number));
            Assert.InRange(number, 2, 0x7FFF);
            Assert.True(seen.Add(number));
        }
        Assert.False(numbers.TryTake(0, out _));
    }

    [Fact]
    public void A_number_rests_before_it_is_used_again()
    {
        var numbers = new CallNumbers(new SeededChance(1), 60_000);
        for (int i = 2; i <= 0x7FFF; i++) numbers.TryTake(0, out _);
        numbers.GiveBack(77, 1_000);
        Assert.False(numbers.TryTake(60_999, out _));
        Assert.True(numbers.TryTake(61_000, out ushort number));
        Assert.Equal(77, number);
        Assert.Equal(0, numbers.Resting);
    }

    [Fact]
    public void Numbers_are_not_in_order()
    {
        var numbers = new CallNumbers(new SeededChance(1), 60_000);
        var first = Enumerable.Range(0, 100).Select(_ => { numbers.TryTake(0, out ushort n); return (int)n; }).ToArray();
        Assert.InRange(first.Zip(first.Skip(1)).Count(pair => pair.Second > pair.First), 25, 75);
        Assert.True(first.Max() - first.Min() > 16_000);
    }
}
