using System.Collections.Concurrent;
using System.Threading.Channels;
using Mesh.Host.Admin;
using Mesh.Host.Sorry.Switches;
using Mesh.Media.Sounds;

namespace Mesh.Host.Sorry.Phone;

/// <summary>
/// The sounds of the announcements that are switched, made as switches come, wherever they were ordered. Until one is made, and when it cannot be, callers hear the built-in announcement.
/// </summary>
public sealed class SorryPrompts : IMetricSource, IAsyncDisposable
{
    private readonly SorrySwitches switches;
    private readonly PromptMaker maker;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim making = new(1, 1);
    private readonly ConcurrentDictionary<Wanted, Made> made = new();
    private readonly Task working;

    private readonly record struct Wanted(string Recording, string Text);

    private readonly record struct Made(Sound? Sound, string Fault);

    public SorryPrompts(SorrySwitches switches, PromptMaker maker)
    {
        (this.switches, this.maker) = (switches, maker);
        switches.Changed += Wake;
        working = WorkAsync();
        Wake();
    }

    /// <summary>Announcements that cannot be said as ordered, for whoever lists the switches.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. switches.Board.InForceHere.Where(n => n.Channel == SorryChannel.Phone).Select(n => (n.Target, made.GetValueOrDefault(Of(n)).Fault)).Where(w => w.Fault?.Length > 0)
            .Select(w => $"{w.Target}: callers at this site hear the built-in announcement: {w.Fault}")];

    /// <summary>Any thread, never waits.</summary>
    public Sound For(SorryNotice notice) => made.GetValueOrDefault(Of(notice)).Sound ?? PromptMaker.Default;

    /// <summary>Makes what an order wants before it is given, so that the first caller hears it. Null, or why the order is refused: a recording that is not there. Text that cannot be said is no reason.</summary>
    public async Task<string?> PrepareAsync(SorryOrder order, CancellationToken cancelled)
    {
        var result = await MakeAsync(new Wanted(order.Recording, order.Message), again: order.Recording.Length > 0, cancelled);
        return order.Recording.Length > 0 && result.Sound is null ? result.Fault : null;
    }

    public void Write(MetricWriter writer) => writer.Gauge("mesh_sorry_prompts_missing", "Announcements that cannot be said as ordered.", Warnings.Count);

    public async ValueTask DisposeAsync()
    {
        switches.Changed -= Wake;
        await stop.CancelAsync();
        await working;
        stop.Dispose();
        making.Dispose();
    }

    private static Wanted Of(SorryNotice notice) => new(notice.Recording, notice.Message);

    private void Wake() => news.Writer.TryWrite(true);

    private async Task WorkAsync()
    {
        try
        {
            while (await news.Reader.WaitToReadAsync(stop.Token))
            {
                news.Reader.TryRead(out _);
                var wanted = switches.Board.InForceHere.Where(n => n.Channel == SorryChannel.Phone).Select(Of).ToHashSet();
                foreach (var gone in made.Keys.Where(k => !wanted.Contains(k))) made.TryRemove(gone, out _);
                foreach (var one in wanted) await MakeAsync(one, again: false, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private async Task<Made> MakeAsync(Wanted wanted, bool again, CancellationToken cancelled)
    {
        await making.WaitAsync(cancelled);
        try
        {
            if (!again && made.TryGetValue(wanted, out var known) && known.Sound is not null) return known;
            var (sound, fault) = wanted.Recording.Length > 0 ? await maker.RecordedAsync(wanted.Recording, cancelled)
                : wanted.Text.Length > 0 ? await maker.SpokenAsync(wanted.Text, cancelled) : (PromptMaker.Default, "");
            return made[wanted] = new Made(sound, fault);
        }
        finally { making.Release(); }
    }
}
