using Mesh.Dialplan.Calls;
using Xunit;

namespace Mesh.Dialplan.Tests.Calls;

public sealed class MeshHopTests
{
    private const string Good = "v=1;o=AAECAwQFBgcICQoLDA0ODw;l=a0JTXyAB;t=3;b=9;d=3;ms=179000;p=ab.abcdef,cd.ghijkl;k=k1;m=AAECAwQFBgcICQoLDA0ODw";

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal(HopFault.None, MeshHop.TryParse(Good, out var hop));
        Assert.Equal(Good, hop!.ToString());
        Assert.Equal((3, 9, 3, 179_000), (hop.Hops, hop.Credit, hop.Diversions, hop.SetupMs));
        Assert.Equal([new PathHop("ab", "abcdef"), new PathHop("cd", "ghijkl")], hop.Path);
    }

    [Fact]
    public void The_longest_header_is_one_line_of_255_octets()
    {
        var hop = new MeshHop
        {
            Origin = new string('A', 22), Leg = new string('B', 8), Hops = MeshHop.MaxHops, Credit = MeshHop.MaxCredit, Diversions = MeshHop.MaxDiversions,
            SetupMs = MeshHop.MaxSetupMs, Path = [.. Enumerable.Repeat(new PathHop("ab", "abcdef"), MeshHop.MaxPath)], KeyId = "12345678", Mac = new string('A', 22),
        };
        string text = hop.ToString();
        Assert.InRange("Mesh-Hop: ".Length + text.Length, 200, 255);
        Assert.Equal(HopFault.None, MeshHop.TryParse(text, out _));
        Assert.InRange("MESHRUNG=".Length + MeshRung.Write([.. Enumerable.Range(100_000, MeshRung.MaxDevices).Select(i => $"{i}")])!.Length, 200, 255);
    }

    [Theory]
    [InlineData("v=2;", HopFault.UnknownVersion)]
    [InlineData("v=1", HopFault.Malformed)]
    [InlineData("", HopFault.Malformed)]
    public void A_header_of_another_kind_is_refused(string text, HopFault expected) => Assert.Equal(expected, MeshHop.TryParse(text, out _));

    /// <summary>Each deviation from the one spelling, as (what is replaced, by what).</summary>
    [Theory]
    [InlineData("v=1", "v=01")]
    [InlineData("v=1", "V=1")]
    [InlineData("v=1;", "v=1; ")]
    [InlineData("v=1;", " v=1;")]
    [InlineData("v=1;o", "v=1;;o")]
    [InlineData("o=A", "o=")]
    [InlineData("o=AA", "o=A+")]
    [InlineData("ODw;l", "ODx;l")]
    [InlineData("l=a0JTXyAB", "l=a0JTXyA")]
    [InlineData("l=a0JTXyAB", "l=a0JTXyABC")]
    [InlineData("t=3", "t=03")]
    [InlineData("t=3", "t=-3")]
    [InlineData("t=3", "t=+3")]
    [InlineData("t=3", "t=3 ")]
    [InlineData("t=3", "t=")]
    [InlineData("t=3", "t=100")]
    [InlineData("b=9", "b=1000")]
    [InlineData("b=9", "b=9;b=9")]
    [InlineData("b=9;d=3", "d=3;b=9")]
    [InlineData("d=3", "d=3x")]
    [InlineData("ms=179000", "ms=99999999")]
    [InlineData("ms=179000", "ms=-1")]
    [InlineData("p=ab.abcdef", "p=abc.abcdef")]
    [InlineData("p=ab.abcdef", "p=.abcdef")]
    [InlineData("p=ab.abcdef", "p=ab.abcde")]
    [InlineData("p=ab.abcdef,", "p=ab.abcdef,,")]
    [InlineData("p=ab.abcdef,", "p=,ab.abcdef,")]
    [InlineData("k=k1", "k=")]
    [InlineData("k=k1", "k=123456789")]
    [InlineData("ODw", "ODw;")]
    [InlineData("ODw", "ODw\r\n")]
    [InlineData(";m=", ";x=1;m=")]
    public void Any_deviation_is_a_fault(string part, string instead)
    {
        int at = part == "ODw" ? Good.LastIndexOf(part, StringComparison.Ordinal) : Good.IndexOf(part, StringComparison.Ordinal);
        string bad = Good.Remove(at, part.Length).Insert(at, instead);
        Assert.NotEqual(Good, bad);
        Assert.NotEqual(HopFault.None, MeshHop.TryParse(bad, out var hop));
        Assert.Null(hop);
    }

    [Fact]
    public void No_octet_may_be_changed_added_or_taken_without_notice()
    {
        MeshHop.TryParse(Good, out var plain);
        var ring = new MeshKeyRing([("k1", new byte[32])]);
        string signed = ring.Sign(plain!, "lo", "ma", "301", "abcdef").ToString();
        for (int i = 0; i < signed.Length; i++)
        {
            foreach (string bad in new[] { signed.Remove(i, 1), signed.Insert(i, "A"), signed.Remove(i, 1).Insert(i, signed[i] == 'A' ? "B" : "A") })
            {
                if (bad == signed) continue;
                bool believed = MeshHop.TryParse(bad, out var hop) == HopFault.None && ring.Verify(hop!, "lo", "ma", "301", "abcdef");
                Assert.False(believed, bad);
            }
        }
    }

    [Fact]
    public void A_random_text_never_throws()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            var text = Good.ToCharArray();
            for (int n = random.Next(6); n >= 0; n--) text[random.Next(text.Length)] = (char)random.Next(0x20, 0x7F);
            MeshHop.TryParse(new string(text, 0, random.Next(text.Length)), out _);
            MeshRung.TryParse(new string(text, 0, random.Next(60)), out _);
        }
    }

    [Theory]
    [InlineData("+44 (0)20-7946.0123", "+4402079460123")]
    [InlineData(" 301 ", "301")]
    [InlineData("MBloch-Desk", "mbloch-desk")]
    public void One_number_has_one_spelling(string written, string normalised) => Assert.Equal(normalised, MeshHash.Normalise(written));

    [Fact]
    public void A_leg_id_says_when_it_was_issued_and_is_unique()
    {
        var ids = new MeshIds(new Mesh.Io.SeededChance(1));
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero);
        var made = Enumerable.Range(0, 4096).Select(_ => ids.NewLeg(now)).ToHashSet();
        Assert.Equal(4096, made.Count);
        Assert.All(made, id => Assert.Equal(now.ToUnixTimeMilliseconds(), MeshIds.IssuedUnixMs(id)));
        Assert.Equal(22, ids.NewOrigin().Length);
    }

    [Fact]
    public void Keys_rotate_with_overlap()
    {
        MeshHop.TryParse(Good, out var plain);
        byte[] old = new byte[32], young = [.. Enumerable.Repeat((byte)7, 32)];
        var before = new MeshKeyRing([("k1", old)]);
        var adding = new MeshKeyRing([("k1", old), ("k2", young)]);
        var moving = new MeshKeyRing([("k2", young), ("k1", old)]);
        var after = new MeshKeyRing([("k2", young)]);
        bool Holds(MeshKeyRing by, MeshKeyRing at) => at.Verify(by.Sign(plain!, "lo", "ma", "301", null), "lo", "ma", "301", null);
        Assert.True(Holds(before, adding) && Holds(adding, before));
        Assert.True(Holds(adding, moving) && Holds(moving, adding));
        Assert.True(Holds(moving, after) && Holds(after, moving));
        Assert.False(Holds(before, after) || Holds(after, before));
    }

    [Fact]
    public void Sites_know_each_other_by_two_characters()
    {
        string[] names = ["london", "manchester", "office", "offsite", .. Enumerable.Range(0, 200).Select(i => $"s{i}")];
        var here = new MeshSites("london", names);
        var there = new MeshSites("office", names.Reverse());
        Assert.Equal(names.Length, names.Select(here.IdOf).Distinct().Count());
        Assert.All(names, n => Assert.Equal(here.IdOf(n), there.IdOf(n)));
        Assert.Null(here.IdOf("nowhere"));
    }
}
