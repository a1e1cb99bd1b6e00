using System.Globalization;

namespace Mesh.Load;

/// <summary>The same calls through several paths in turn, so that a machine which is slow for a minute is slow for all of them.</summary>
public sealed class CallTurns(SmokeOptions options, Action<string> say)
{
    private readonly List<(string Name, ICallPath Path, List<CallRound> Rounds)> subjects = [];

    public void Add(string name, ICallPath path) => subjects.Add((name, path, []));

    public async Task RunAsync()
    {
        // A program compiled while it runs needs three rounds to be what it will be.
        foreach (var (_, path, _) in subjects)
            for (int i = 0; i < 3; i++) await CallLoad.RunAsync(path, options.CallRate, options.CallSeconds);
        for (int i = 0; i < options.CallRounds; i++)
        {
            foreach (var (name, path, rounds) in subjects)
            {
                var round = await CallLoad.RunAsync(path, options.CallRate, options.CallSeconds);
                rounds.Add(round);
                say(string.Create(CultureInfo.InvariantCulture, $"calls: {name} {round.CpuMillis:F3} ms CPU a call ({round.UserMillis:F3} user), {round.Calls} calls, {round.Failed} failed, {round.Retransmissions} retransmissions {round.Complaint}"));
            }
        }
    }

    public IReadOnlyList<CallRound> Of(string name) => subjects.Single(s => s.Name == name).Rounds;

    /// <summary>How often as much CPU <paramref name="name"/> took as <paramref name="other"/> beside it: the middle of the rounds' own ratios.</summary>
    public double Ratio(string name, string other) => Median.Of(Of(name).Zip(Of(other), (one, two) => one.CpuMillis / two.CpuMillis));
}
