using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Mesh.Host.Journal;

namespace Mesh.Host.Tests.Journal;

public class JournalStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly JournalLimits Limits = new();

    [Fact]
    public void Whatever_is_exchanged_in_whatever_order_all_sites_end_with_the_same_and_nothing_is_lost() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(120).ToArbitrary(), EndsTheSame).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void An_entry_that_follows_another_comes_after_it_though_the_clock_of_its_site_is_behind()
    {
        var london = Add(JournalState.Empty, "london", Noon);
        var manchester = Add(london, "manchester", Noon.AddSeconds(-40));
        Assert.Equal(["london", "manchester"], manchester.Read("incident").Select(e => e.Site));
        // But a site that dates its entries in another year takes nobody with it.
        var mad = Add(manchester, "leeds", Noon.AddYears(50));
        Assert.Equal(Noon.AddMinutes(1), Add(mad, "london", Noon.AddMinutes(1)).Read("incident").Where(e => e.Site == "london").Last().At);
    }

    [Fact]
    public void What_is_asked_for_comes_in_pieces_and_each_goes_further()
    {
        var full = JournalState.Empty;
        for (int i = 0; i < 40; i++) full = Add(full, i % 3 == 0 ? "leeds" : "london", Noon.AddSeconds(i));
        var behind = JournalState.Empty;
        int pieces = 0;
        while (full.MissingFrom(behind.Have, Limits with { ExchangeEntries = 7 }) is { Count: > 0 } piece)
        {
            Assert.InRange(piece.Count, 1, 7);
            behind = behind.Merge(piece).State;
            Assert.InRange(++pieces, 1, 6);
        }
        Assert.Equal(full.All, behind.All);
        Assert.Single(full.MissingFrom(JournalState.Empty.Have, Limits with { ExchangeOctets = 10 }));
    }

    [Theory]
    [InlineData("word", JournalFault.BadWord)]
    [InlineData("surrogate", JournalFault.BadWord)]
    [InlineData("control", JournalFault.BadWord)]
    [InlineData("long", JournalFault.BadWord)]
    [InlineData("list", JournalFault.BadBody)]
    [InlineData("large", JournalFault.BadBody)]
    [InlineData("deep", JournalFault.BadBody)]
    [InlineData("half", JournalFault.BadBody)]
    [InlineData("zero", JournalFault.BadNumber)]
    [InlineData("full", JournalFault.BadNumber)]
    [InlineData("local", JournalFault.BadTime)]
    [InlineData("ancient", JournalFault.BadTime)]
    [InlineData("gap", JournalFault.Gap)]
    [InlineData("conflict", JournalFault.Conflict)]
    public void What_cannot_be_an_entry_does_not_enter(string what, JournalFault fault)
    {
        var state = Add(JournalState.Empty, "london", Noon);
        var good = new JournalEntry("london", 2, Noon.AddSeconds(1), "incident", "i-1", "miriam", "", Body("{}"));
        var bad = what switch
        {
            "word" => good with { Who = "" },
            "surrogate" => good with { Subject = "x\ud83d" },
            "control" => good with { Why = "a\u0000b" },
            "long" => good with { Kind = new string('k', 257) },
            "list" => good with { Body = Body("[]") },
            "large" => good with { Body = Body($$"""{"text":"{{new string('x', JournalLimits.MostBodyOctets)}}"}""") },
            "deep" => good with { Body = Body($$"""{"a":{{new string('[', 16)}}{{new string(']', 16)}}}""") },
            "half" => good with { Body = Body("""{"text":"\ud83d"}""") },
            "zero" => good with { Number = 0 },
            "full" => good with { Number = JournalLimits.MostEntriesOfSite + 1 },
            "local" => good with { At = Noon.ToOffset(TimeSpan.FromHours(1)) },
            "ancient" => good with { At = DateTimeOffset.UnixEpoch },
            "gap" => good with { Number = 3 },
            _ => good with { Number = 1 },
        };
        var merge = state.Merge([bad]);
        Assert.Equal(fault, Assert.Single(merge.Refused).Fault);
        Assert.Same(state, merge.State);
        Assert.Single(state.Merge([good]).New);
    }

    [Fact]
    public void The_number_of_sites_is_limited()
    {
        var state = JournalState.Empty;
        for (int i = 0; i < JournalLimits.MostSites; i++) state = Add(state, $"site{i}", Noon);
        Assert.Equal(JournalFault.TooManySites, Assert.Single(state.Merge([new JournalEntry("more", 1, Noon, "incident", "i", "w", "", Body("{}"))]).Refused).Fault);
    }

    /// <summary>Each choice is one thing that happens: an append, a message on its way (from what was known, perhaps long ago), its arrival once or twice in any order, a loss, a restart.</summary>
    private static bool EndsTheSame(int[] choices)
    {
        string[] names = ["leeds", "london", "manchester", "salford"];
        var memory = new JournalState[4];
        var disk = new List<JournalEntry>[4];
        for (int i = 0; i < 4; i++) (memory[i], disk[i]) = (JournalState.Empty, []);
        var onTheWay = new List<(int To, IReadOnlyList<JournalEntry> Entries)>();
        int made = 0, second = 0;
        foreach (int choice in choices)
        {
            int site = choice / 8 % 4, other = (site + 1 + choice / 32 % 3) % 4;
            second += choice / 128 % 3;
            switch (choice % 8)
            {
                case 0 or 1:
                    // Clocks differ by up to a minute.
                    Take(site, [Next(memory[site], names[site], Noon.AddSeconds(second + site * 20 - 30))]);
                    made++;
                    break;
                case 2 or 3:
                    onTheWay.Add((other, memory[site].MissingFrom(choice / 256 % 2 == 0 ? memory[other].Have : JournalState.Empty.Have, Limits with { ExchangeEntries = 1 + choice / 512 % 5 })
                        // Sometimes the first of them are missing: a gap must not be taken.
                        .Skip(Math.Max(0, choice / 4096 % 4 - 1)).ToList()));
                    break;
                case 4 or 5 when onTheWay.Count > 0:
                    var (to, entries) = onTheWay[choice / 8 % onTheWay.Count];
                    Take(to, [.. entries.Reverse()]);
                    if (choice % 8 == 4) onTheWay.RemoveAt(choice / 8 % onTheWay.Count);
                    break;
                case 6 when onTheWay.Count > 0:
                    onTheWay.RemoveAt(choice / 8 % onTheWay.Count);
                    break;
                case 7:
                    memory[site] = JournalState.Empty.Merge(disk[site]).State;
                    break;
            }
        }
        // The split is over: everybody asks everybody, until nobody learns anything.
        for (bool learnt = true; learnt;)
        {
            learnt = false;
            for (int from = 0; from < 4; from++)
                for (int to = 0; to < 4; to++)
                    learnt |= Take(to, memory[from].MissingFrom(memory[to].Have, Limits with { ExchangeEntries = 3 }));
        }
        return memory.All(m => m.All.Count == made && m.All.SequenceEqual(memory[0].All) && m.Read("incident").SequenceEqual(memory[0].Read("incident")))
            && names.All(n => memory[0].All.Where(e => e.Site == n).Select(e => e.Number).SequenceEqual(Enumerable.Range(1, (int)memory[0].Last(n)).Select(i => (long)i)));

        bool Take(int site, IReadOnlyList<JournalEntry> entries)
        {
            var merge = memory[site].Merge(entries);
            disk[site].AddRange(merge.New);
            memory[site] = merge.State;
            return merge.New.Count > 0;
        }
    }

    private static JournalEntry Next(JournalState state, string site, DateTimeOffset now) =>
        new(site, state.Last(site) + 1, state.NextAt(site, now, Limits.FollowedAhead), "incident", "i-1", "miriam", "", Body("""{"text":"x"}"""));

    private static JournalState Add(JournalState state, string site, DateTimeOffset now)
    {
        var merge = state.Merge([Next(state, site, now)]);
        Assert.Single(merge.New);
        return merge.State;
    }

    private static JsonElement Body(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
