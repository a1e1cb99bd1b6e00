using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mesh.Io;

/// <summary>
/// Impairments as people write them: <c>drop=5%,burst=4,duplicate=10%,reorder=10%,reorder-by=30ms,delay=20ms,jitter=5ms,corrupt=1%,forge=1%,rate=2Mbit,queue=100ms,cut,seed=7</c>.
/// An item holds for both directions unless it begins with <c>out.</c> (what is sent; from the near end) or <c>in.</c> (what is received; from the far end); the latter win.
/// A share is a percentage (<c>5%</c>) or a fraction (<c>0.05</c>); a time has a unit (<c>us ms s</c>), and so has a rate (<c>bit kbit Mbit Gbit</c>, per second).
/// </summary>
public static class ImpairmentText
{
    /// <summary>Every name an item can have.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["drop", "burst", "duplicate", "reorder", "reorder-by", "delay", "jitter", "corrupt", "forge", "rate", "queue", "cut", "seed"];

    /// <summary>Reads <paramref name="text"/>; else <paramref name="error"/> says in one sentence which item is wrong and what would be right.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Impairments? impairments, [NotNullWhen(false)] out string? error)
    {
        impairments = null;
        try { impairments = Read(text); }
        catch (FormatException wrong) { error = wrong.Message; return false; }
        error = null;
        return true;
    }

    /// <summary>The shortest text <see cref="TryParse"/> reads as <paramref name="impairments"/>; empty for a clean way.</summary>
    public static string Write(Impairments impairments)
    {
        var items = new List<string>();
        var outward = Items(impairments.Out);
        var inward = Items(impairments.In);
        foreach (string name in Names)
        {
            string? o = outward.GetValueOrDefault(name), i = inward.GetValueOrDefault(name);
            if (o == i) Add("", o);
            else { Add("out.", o); Add("in.", i); }
        }
        if (impairments.Seed is { } seed) items.Add(string.Create(CultureInfo.InvariantCulture, $"seed={seed}"));
        return string.Join(',', items);

        void Add(string direction, string? item)
        {
            if (item is not null) items.Add(direction + item);
        }
    }

    private static Impairments Read(string text)
    {
        var (both, outward, inward) = (new List<(string, string)>(), new List<(string, string)>(), new List<(string, string)>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ulong? seed = null;
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string full = (equals < 0 ? item : item[..equals]).TrimEnd(), value = equals < 0 ? "" : item[(equals + 1)..].TrimStart();
            var (name, items) = full switch
            {
                _ when full.StartsWith("out.", StringComparison.Ordinal) => (full[4..], outward),
                _ when full.StartsWith("in.", StringComparison.Ordinal) => (full[3..], inward),
                _ => (full, both),
            };
            if (!Names.Contains(name)) throw new FormatException($"'{item}': there is no impairment '{name}'; there are {string.Join(", ", Names)}");
            if (!seen.Add(full)) throw new FormatException($"'{item}': '{full}' is given twice");
            if (name != "seed") { items.Add((name, value)); continue; }
            if (items != both) throw new FormatException($"'{item}': the seed is one for both directions, write seed={value}");
            seed = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw new FormatException($"'{item}': a seed is a whole number, such as seed=7");
        }
        return new Impairments(Make(both, outward), Make(both, inward), seed);
    }

    private static Impairment Make(List<(string Name, string Value)> both, List<(string Name, string Value)> own)
    {
        var impairment = both.Concat(own).Aggregate(Impairment.None, (all, item) => With(all, item.Name, item.Value));
        if (impairment.Loss is > 0 and < 1 && impairment.Loss > Impairment.MostLoss(impairment.Burst))
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                $"'burst={impairment.Burst}': rows of {impairment.Burst} losses with a datagram between them lose at most {Impairment.MostLoss(impairment.Burst):P1}, not {impairment.Loss:P1}"));
        }
        return impairment;
    }

    private static Impairment With(Impairment impairment, string name, string value) => name switch
    {
        "drop" => impairment with { Loss = Share(name, value) },
        "burst" => impairment with { Burst = Length(value) },
        "duplicate" => impairment with { Duplication = Share(name, value) },
        "reorder" => impairment with { Reordering = Share(name, value) },
        "reorder-by" => impairment with { ReorderBy = Time(name, value) },
        "delay" => impairment with { Latency = Later(Time(name, value)) },
        "jitter" => impairment with { Jitter = Time(name, value) },
        "corrupt" => impairment with { Corruption = Share(name, value) },
        "forge" => impairment with { Forgery = Share(name, value) },
        "rate" => impairment with { BitsPerSecond = Rate(value) },
        "queue" => impairment with { Queue = Time(name, value) },
        _ => impairment with { Cut = Switch(value) },
    };

    private static Dictionary<string, string> Items(Impairment impairment)
    {
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        var none = Impairment.None;
        AddShare("drop", impairment.Loss);
        if (impairment.Burst > 0) items["burst"] = string.Create(CultureInfo.InvariantCulture, $"burst={impairment.Burst}");
        AddShare("duplicate", impairment.Duplication);
        AddShare("reorder", impairment.Reordering);
        AddTime("reorder-by", impairment.ReorderBy, none.ReorderBy);
        AddTime("delay", impairment.Latency, none.Latency);
        AddTime("jitter", impairment.Jitter, none.Jitter);
        AddShare("corrupt", impairment.Corruption);
        AddShare("forge", impairment.Forgery);
        if (impairment.BitsPerSecond > 0) items["rate"] = string.Create(CultureInfo.InvariantCulture, $"rate={impairment.BitsPerSecond}bit");
        AddTime("queue", impairment.Queue, none.Queue);
        if (impairment.Cut) items["cut"] = "cut";
        return items;

        void AddShare(string name, double share)
        {
            if (share > 0) items[name] = string.Create(CultureInfo.InvariantCulture, $"{name}={(decimal)share * 100:0.##########}%");
        }

        void AddTime(string name, TimeSpan time, TimeSpan usual)
        {
            if (time == usual) return;
            items[name] = time.Ticks % TimeSpan.TicksPerMillisecond == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{name}={time.TotalMilliseconds}ms")
                : string.Create(CultureInfo.InvariantCulture, $"{name}={time.TotalMicroseconds}us");
        }
    }

    private static double Share(string name, string value)
    {
        bool percent = value.EndsWith('%');
        bool read = TryNumber(percent ? value[..^1] : value, out decimal number);
        decimal share = percent ? number / 100 : number;
        if (read && share is >= 0 and <= 1) return (double)share;
        throw new FormatException(read && !percent
            ? $"'{name}={value}': a share is a percentage or a fraction up to 1, such as {name}={value}% or {name}=0.05"
            : $"'{name}={value}': a share is between 0% and 100%, such as {name}=5%");
    }

    private static double Length(string value) =>
        TryNumber(value, out decimal length) && length is >= 1 and <= 1_000_000
            ? (double)length
            : throw new FormatException($"'burst={value}': a burst is a mean number of datagrams, at least 1, such as burst=4");

    private static TimeSpan Time(string name, string value)
    {
        int unit = UnitAt(value);
        decimal micros = value[unit..] switch { "us" => 1, "ms" => 1_000, "s" => 1_000_000, _ => 0 };
        if (micros > 0 && TryNumber(value[..unit], out decimal number) && number * micros is >= 0 and <= 3_600_000_000)
            return TimeSpan.FromTicks((long)(number * micros * TimeSpan.TicksPerMicrosecond));
        throw new FormatException($"'{name}={value}': a time has a unit (us, ms or s) and is at most an hour, such as {name}=20ms");
    }

    private static TimeSpan Later(TimeSpan delay) => delay < TimeSpan.FromMicroseconds(1) ? TimeSpan.FromMicroseconds(1) : delay;

    private static long Rate(string value)
    {
        int unit = UnitAt(value);
        decimal bits = value[unit..] switch { "bit" => 1, "kbit" => 1_000, "Mbit" => 1_000_000, "Gbit" => 1_000_000_000, _ => 0 };
        if (bits > 0 && TryNumber(value[..unit], out decimal number) && number * bits is >= 1 and <= 1_000_000_000_000) return (long)(number * bits);
        throw new FormatException($"'rate={value}': a rate has a unit (bit, kbit, Mbit or Gbit, a second), such as rate=2Mbit");
    }

    private static bool Switch(string value) => value switch
    {
        "" or "on" => true,
        "off" => false,
        _ => throw new FormatException($"'cut={value}': write cut, or cut=off"),
    };

    private static int UnitAt(string value)
    {
        int at = value.Length;
        while (at > 0 && char.IsAsciiLetter(value[at - 1])) at--;
        return at;
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number <= 1_000_000_000_000;
}
