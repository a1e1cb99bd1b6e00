using FsCheck;
using FsCheck.Fluent;
using Mesh.Iax2.Sealing;

namespace Mesh.Iax2.Tests.Sealing;

public class ReplayWindowTests
{
    /// <summary>Against a window that remembers everything.</summary>
    [Fact]
    public void It_takes_each_number_once_and_none_that_is_too_old()
    {
        var numbers = Gen.Choose(0, 4_000).Select(i => (uint)i).ListOf(400);
        Prop.ForAll(Arb.From(numbers), list =>
        {
            var window = new ReplayWindow();
            var seen = new HashSet<uint>();
            foreach (uint number in list)
            {
                var expected = seen.Count > 0 && number + ReplayWindow.Length <= seen.Max() ? ReplayVerdict.TooOld : seen.Contains(number) ? ReplayVerdict.Replayed : ReplayVerdict.Fresh;
                if (window.Judge(number) != expected) return false;
                if (expected == ReplayVerdict.Fresh) { window.Remember(number); seen.Add(number); }
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_holds_at_the_end_of_the_numbers()
    {
        var window = new ReplayWindow();
        window.Remember(uint.MaxValue);
        Assert.Equal(ReplayVerdict.Replayed, window.Judge(uint.MaxValue));
        Assert.Equal(ReplayVerdict.Fresh, window.Judge(uint.MaxValue - 1));
        Assert.Equal(ReplayVerdict.TooOld, window.Judge(0));
    }
}
