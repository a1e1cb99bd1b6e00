using Mesh.Host.IaxTester.Raw;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>Tests rows, a few at a time, each on sockets of its own.</summary>
public sealed class ConformRun(Loop loop, ConformTarget target, Func<NetAddress, IDatagramSocket> bind)
{
    /// <summary>Told of each row as it ends, on the loop.</summary>
    public Action<RowResult>? OnRow { get; init; }

    /// <summary>Rows at once: most of a row is waiting.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Tests every row; the results are in the order of the rows.</summary>
    public Task<IReadOnlyList<RowResult>> RunAsync(IReadOnlyList<ConformRow> rows, CancellationToken stop = default) => LoopWork.Run(loop, async () =>
    {
        var results = new RowResult?[rows.Count];
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Max(1, Parallel)).Select(_ => Worker()).ToArray());
        return (IReadOnlyList<RowResult>)[.. results.Select((r, i) => r ?? new RowResult(rows[i], Verdict.Skip, "stopped before its turn", [], 0))];

        async Task Worker()
        {
            while (next < rows.Count && !stop.IsCancellationRequested)
            {
                int mine = next++;
                results[mine] = await TestAsync(rows[mine]);
                OnRow?.Invoke(results[mine]!);
            }
        }
    });

    /// <summary>Whether anything is there: one of three POKEs is answered, be it with INVAL.</summary>
    public Task<bool> AnswersAsync() => LoopWork.Run(loop, async () =>
    {
        using var wire = new RawWire(loop, bind(target.Server), target.Server);
        for (int tries = 0; tries < 3; tries++)
        {
            var poke = wire.Open();
            poke.Repeats = false;
            poke.Send(Mesh.Iax2.Wire.IaxCommand.Poke);
            if (await poke.Inbox.Next(static _ => true, target.AnswerMs) is not null) return true;
        }
        return false;
    });

    /// <summary>Tests one row, on the loop.</summary>
    public async Task<RowResult> TestAsync(ConformRow row)
    {
        if (target.WhySkipped(row) is { } reason) return new RowResult(row, Verdict.Skip, reason, [], 0);
        long began = loop.Clock.NowMs;
        using var context = new RowContext(loop, target, bind);
        var (verdict, why) = (Verdict.Pass, "");
        try { await row.Test(context); }
        catch (RequirementNotMet e) { (verdict, why) = (Verdict.Fail, e.Message); }
        return new RowResult(row, verdict, why, [.. context.Ladder], loop.Clock.NowMs - began);
    }
}
