namespace Mesh.Host.Status.Sampling;

/// <summary>The last ninety days of every service. One caller at a time.</summary>
public sealed class ServiceHistory
{
    /// <summary>Days kept and shown, today's too.</summary>
    public const int Days = 90;

    private readonly Dictionary<(string Service, DateOnly Day), ServiceDay> days = [];
    private readonly HashSet<(string, DateOnly)> changed = [];
    private DateOnly today;

    /// <summary>With what was stored before.</summary>
    public ServiceHistory(IEnumerable<ServiceDay> stored)
    {
        foreach (var day in stored) days[(day.Service, day.Day)] = day;
    }

    /// <summary>A service was in a state for <paramref name="time"/> until <paramref name="until"/>; what lies before midnight counts for the day before.</summary>
    public void Add(string service, ServiceState state, DateTimeOffset until, TimeSpan time)
    {
        if (state == ServiceState.Unknown || time <= TimeSpan.Zero) return;
        var end = until.UtcDateTime;
        while (time > TimeSpan.Zero)
        {
            // Midnight itself ends the day before.
            var day = DateOnly.FromDateTime(end.AddTicks(-1));
            var part = end - day.ToDateTime(TimeOnly.MinValue);
            if (part > time) part = time;
            var key = (service, day);
            days[key] = (days.GetValueOrDefault(key) ?? new ServiceDay(service, day, default, default, default)).And(state, part);
            changed.Add(key);
            (time, end) = (time - part, end - part);
        }
        Forget(DateOnly.FromDateTime(until.UtcDateTime));
    }

    /// <summary>The days that changed since this was last asked.</summary>
    public IReadOnlyList<ServiceDay> TakeChanged()
    {
        ServiceDay[] taken = [.. changed.Where(days.ContainsKey).Select(k => days[k])];
        changed.Clear();
        return taken;
    }

    /// <summary>Ninety days, oldest first, the last of them <paramref name="last"/>; days nobody knows are empty.</summary>
    public IReadOnlyList<ServiceDay> Of(string service, DateOnly last)
    {
        var all = new ServiceDay[Days];
        for (int i = 0; i < Days; i++)
        {
            var day = last.AddDays(i - Days + 1);
            all[i] = days.GetValueOrDefault((service, day)) ?? new ServiceDay(service, day, default, default, default);
        }
        return all;
    }

    private void Forget(DateOnly now)
    {
        if (now <= today) return;
        today = now;
        foreach (var old in days.Keys.Where(k => k.Day <= now.AddDays(-Days)).ToArray()) days.Remove(old);
    }
}
