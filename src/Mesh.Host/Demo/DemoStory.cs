using Mesh.Host.Demo.Phones;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>The story: the carrier calls through London and a desk phone answers; London is killed, the carrier moves to Manchester and calls again, and a phone at another site answers.</summary>
public sealed class DemoStory(DemoBundle bundle, DemoCast cast, DemoSites sites, DemoScreen screen, DemoLadder ladder, Loop loop)
{
    /// <summary>Rings the whole team.</summary>
    public const string Number = "+442079460200";

    public const string Killed = "london", MovedTo = "manchester";

    private const int RegisterLimitMs = 10_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    public async Task<DemoReport> PlayAsync(CancellationToken cancelled)
    {
        long startedMs = loop.Clock.NowMs;
        screen.Say($"{bundle.Sites.Count} sites start: {string.Join(", ", bundle.Sites.Select(s => $"{s.Key} {s.Value.Site.Host}"))}");
        await sites.StartAsync([.. bundle.Sites.Keys], StartLimit, cancelled);
        startedMs = loop.Clock.NowMs - startedMs;
        screen.Say($"they are ready and see each other after {startedMs} ms; the phones register: {DemoCast.Desk} and {DemoCast.Reception} everywhere, {DemoCast.Remote} at {bundle.Sites.Keys.Last()} only");
        await RegisterAsync(cancelled);

        var legs = await sites.LegsAsync(cancelled);
        screen.Say($"the carrier calls {Number} through {Killed}; {DemoCast.Desk} will answer");
        var (first, after) = await CallAsync(Killed, DemoCast.Desk, legs, static () => { }, cancelled);

        screen.Say($"{Killed} is killed; the carrier moves to {MovedTo} and calls again at once; {DemoCast.Remote} will answer");
        long killedMs = 0;
        using var told = new DemoSorry(bundle, loop);
        var following = Task.FromResult<DemoSorryReport?>(null);
        void Kill()
        {
            killedMs = loop.Clock.NowMs;
            sites.Kill(Killed);
            following = told.FollowAsync(Killed, MovedTo, killedMs, cancelled);
        }
        var (second, _) = await CallAsync(MovedTo, DemoCast.Remote, after, Kill, cancelled);
        var caller = cast.Carrier.Calls.OfType<PhoneCallOut>().Last();
        long invited = caller.BeganMs - killedMs;
        var kill = new DemoKillReport(Killed, MovedTo, second.Answered, invited, invited + second.MsToRingback, caller.IsAnswered ? caller.AnsweredMs - killedMs : null);

        if (DemoSorry.HostOf(bundle, Killed) is { } host) screen.Say($"{host} belongs to {Killed}: the others answer for it, and their alarms draft an incident");
        var sorry = await following;
        string? origin = (await sites.TracesAsync(MovedTo, cancelled)).LastOrDefault()?.Origin;
        var addresses = told.Addresses(sites.Running, origin, sorry);
        string[] problems = [.. DemoJudge.Problems(first), .. DemoJudge.Problems(second), .. DemoJudge.Problems(sorry)];
        Tell(first, second, kill, problems);
        Tell(sorry, addresses);
        return new DemoReport(problems.Length == 0, problems, startedMs, [first, second], kill) { Sorry = sorry, Addresses = addresses };
    }

    /// <summary>After the story: what somebody with a softphone can do, until they have seen enough.</summary>
    public async Task StayAsync(CancellationToken cancelled)
    {
        try { await ServeAsync(cancelled); }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested) { /* the story was told: this is how staying ends */ }
    }

    private async Task ServeAsync(CancellationToken cancelled)
    {
        screen.Say($"{Killed} starts again; what was switched for it is switched back a little later, and the incident is a person's to close");
        await sites.StartAsync([Killed], StartLimit, cancelled);
        await LoopWait.Ask(loop, () =>
        {
            foreach (var phone in cast.Phones) phone.Behaviour = PhoneBehaviour.Answers(1500);
            return true;
        });
        screen.Say($"""

            Now your own softphone, over UDP: account pcherry-desk, password {bundle.SecretOf("pcherry-desk")}, at any or all of
              {string.Join(", ", bundle.Sites.Keys.Select(s => $"{s} {bundle.SipOf(s)}"))}
            Dial 301 ({DemoCast.Desk}), 100 ({DemoCast.Reception}) or 200 (everybody): they answer with a tone. What the sites do: ./mesh calls --admin {bundle.AdminOf(MovedTo)}
            Ctrl-C ends it.
            """);
        ladder.Begin();
        await ladder.ShowAsync(sites, cancelled);
    }

    private async Task RegisterAsync(CancellationToken cancelled)
    {
        await LoopWait.Ask(loop, () => { cast.Register(); return true; });
        if (!await LoopWait.Until(loop, RegisterLimitMs, () => cast.AreRegistered).WaitAsync(cancelled)) throw new DemoException("a phone could not register");
    }

    private async Task<(DemoCallReport Report, IReadOnlyDictionary<string, SiteLegs> LegsAfter)> CallAsync(
        string through, string answerer, IReadOnlyDictionary<string, SiteLegs> legsBefore, Action first, CancellationToken cancelled)
    {
        var call = new DemoCall(cast, bundle.SipOf(through), Number, answerer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        ladder.Begin();
        first();
        var showing = ladder.ShowAsync(sites, stop.Token);
        try { await call.PlayAsync(loop, cancelled); }
        finally
        {
            await stop.CancelAsync();
            await showing;
        }
        var after = await sites.LegsAsync(cancelled);
        var made = after.Aggregate(default(SiteLegs), (sum, site) => sum + (site.Value - legsBefore.GetValueOrDefault(site.Key)));
        return (await LoopWait.Ask(loop, () => DemoJudge.Report(call, cast, through, Number, made)), after);
    }

    private void Tell(DemoSorryReport? sorry, DemoAddresses addresses)
    {
        if (sorry is not null)
            screen.Say($"{sorry.AnsweredBy} said sorry for {sorry.Host} {sorry.MsFromKillToPage} ms after the kill; the draft {sorry.IncidentId} was there after {sorry.MsFromKillToDraft} ms{(sorry.IsPublic ? " and is confirmed: every status page shows it" : "")}");
        screen.Say($"""

            Status pages      {string.Join("  ", addresses.StatusPages)}
            The incident      {addresses.Incident ?? "none"}
            The sorry page    {(sorry is null ? "none" : $"curl -i -H 'Host: {sorry.Host}' {addresses.SorryPages.FirstOrDefault()}")}
            Consoles          {string.Join("  ", addresses.Consoles)}
            The last call     {addresses.Ladder ?? "none"}
            """);
    }

    private void Tell(DemoCallReport first, DemoCallReport second, DemoKillReport kill, IReadOnlyList<string> problems)
    {
        foreach (var call in (DemoCallReport[])[first, second])
            screen.Say($"through {call.Through}: {call.LegsMade} legs, ringback after {call.MsToRingback} ms, answered by {call.AnsweredBy ?? "nobody"}, audio {call.MsFromAnswerToAudio} ms after the answer, "
                + $"{call.ToldElsewhere.Sip} SIP and {call.ToldElsewhere.Iax2} IAX2 legs told answered elsewhere, heard {string.Join(" and ", call.Heard.Select(h => $"{h.Hz:F1} Hz by {h.By}"))}");
        screen.Say($"the second call was answered {kill.MsFromKillToAnswer} ms after the kill, of which {DemoCall.RingsMs} ms is the phone's ringing");
        foreach (string problem in problems) screen.Complain(problem);
        if (problems.Count > 0) foreach (string output in sites.Outputs) screen.Say(output);
    }
}
