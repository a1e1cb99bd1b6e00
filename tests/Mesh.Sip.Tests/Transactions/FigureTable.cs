namespace Mesh.Sip.Tests.Transactions;

/// <summary>Checks a figure against a table in text, one row <c>State Input -> State Action+Action</c> per arrow; every pair without a row must change nothing.</summary>
internal static class FigureTable
{
    public static void Check<TState, TInput, TActions>(string table, Func<TState, TInput, (TState, TActions)> step)
        where TState : struct, Enum where TInput : struct, Enum where TActions : struct, Enum
    {
        var rows = new Dictionary<(TState, TInput), (TState, TActions)>();
        foreach (string line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var actions = words.Length > 4 ? Enum.Parse<TActions>(words[4].Replace("+", ", ", StringComparison.Ordinal)) : default;
            rows.Add((Enum.Parse<TState>(words[0]), Enum.Parse<TInput>(words[1])), (Enum.Parse<TState>(words[3]), actions));
        }
        int arrows = 0;
        foreach (var state in Enum.GetValues<TState>())
        foreach (var input in Enum.GetValues<TInput>())
        {
            bool shown = rows.TryGetValue((state, input), out var expected);
            if (!shown) expected = (state, default);
            else arrows++;
            var actual = step(state, input);
            Assert.True(expected.Equals(actual), $"({state}, {input}): expected {expected}, got {actual}");
        }
        Assert.Equal(rows.Count, arrows);
    }
}
