namespace Mesh.Scenarios;

/// <summary>The bundle the scenarios run on: person 3nn has every account that begins p3nn; the carrier's +442079460 3nn leads to 3nn.</summary>
public static class ScenarioPlan
{
    public static TestPlan For(IReadOnlyList<Scenario> scenarios)
    {
        var accounts = scenarios.SelectMany(s => s.Phones).Select(p => p.Account).Distinct().ToList();
        var people = accounts.GroupBy(a => a[1..4]).ToDictionary(g => g.Key, g => g.ToArray());
        return new TestPlan(accounts, Dialplan(people.Keys)) { People = people, Numbers = [.. people.Keys.Select(n => $"+442079460{n}")] };
    }

    private static string Dialplan(IEnumerable<string> numbers) => string.Join('\n', numbers.Select(n =>
        $$"""
        Extension("{{n}}", async call => { await call.Dial(Person("{{n}}"), ringFor: {{(n == "305" ? 3 : 20)}}.Seconds); });
        Inbound("+442079460{{n}}", call => call.Goto("{{n}}"));
        """));
}
