using System.Net;
using Mesh.Host.Listening;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// How many confirmation mails may still be asked for: nobody's mailbox is filled by somebody else. Counts are of windows that begin with the first ask, in memory, at this site; their number is
/// bounded by what may be asked for in all.
/// </summary>
public sealed class AskAllowance(SubscriptionLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Window> windows = new(StringComparer.Ordinal);

    /// <summary>Sources, addresses and the whole that are being counted.</summary>
    public int Counted { get { lock (gate) return windows.Count; } }

    /// <summary>True, and it is counted; or false, and nothing is.</summary>
    public bool TryTake(IPAddress source, Mailbox mailbox)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (string key in windows.Where(w => w.Value.Ends <= now).Select(w => w.Key).ToArray()) windows.Remove(key);
            Window[] asked = [Of("all", Hour, now, limits.AsksInAll), Of($"source {SourceLimit.Key(source)}", Hour, now, limits.AsksOfSource), Of($"address {mailbox.Key}", Day, now, limits.AsksOfAddress)];
            if (asked.Any(w => w.Asks >= w.Most)) return false;
            foreach (var window in asked)
            {
                window.Asks++;
                windows[window.Key] = window;
            }
            return true;
        }
    }

    private Window Of(string key, TimeSpan length, DateTimeOffset now, int most) => windows.TryGetValue(key, out var window) ? window : new Window(key, now + length, most);

    private sealed class Window(string key, DateTimeOffset ends, int most)
    {
        public string Key => key;
        public DateTimeOffset Ends => ends;
        public int Most => most;
        public int Asks { get; set; }
    }
}
