using FsCheck;
using FsCheck.Fluent;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>
/// Both figures of a call, in their shells, against a wire that loses, doubles, delays and reorders, while both hosts do as they please. What must hold whatever happens is
/// in <see cref="CallPlay"/>; FsCheck prints the play that broke it, and its seed.
/// </summary>
public class CallModelTests
{
    [Fact]
    public void Both_sides_come_to_agree_whatever_the_hosts_and_the_wire_do()
    {
        var plays = from seed in Gen.Choose(1, int.MaxValue)
                    from loss in Gen.Choose(0, 25)
                    from duplication in Gen.Choose(0, 20)
                    from reordering in Gen.Choose(0, 20)
                    from latencyMs in Gen.Choose(1, 120)
                    from length in Gen.Choose(1, 80)
                    from commands in Gen.Choose(0, 1_000_000).ArrayOf(length)
                    select new CallPlay(seed, loss, duplication, reordering, latencyMs, commands);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(250), Prop.ForAll(plays.ToArbitrary(), play => play.Run()));
    }

    /// <summary>Without a bad wire everything is exact: nothing is repeated, and nobody ends a call but the hosts.</summary>
    [Fact]
    public void On_a_good_wire_only_the_hosts_end_calls()
    {
        var plays = from seed in Gen.Choose(1, int.MaxValue)
                    from length in Gen.Choose(1, 80)
                    from commands in Gen.Choose(0, 1_000_000).ArrayOf(length)
                    select new CallPlay(seed, 0, 0, 0, 1, commands);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(plays.ToArbitrary(), play => play.Run()));
    }
}
