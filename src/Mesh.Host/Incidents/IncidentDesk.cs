using System.Text.Json;
using Mesh.Host.Journal;
using Mesh.Io;

namespace Mesh.Host.Incidents;

/// <summary>Where incidents are opened, updated and closed, each as one journal entry. Needs no other site. Any thread.</summary>
/// <param name="chance">Of the desk alone.</param>
public sealed class IncidentDesk(ISharedJournal journal, TimeProvider time, IChance chance)
{
    /// <summary>Characters of a title, of a text, of a service's name; and services of one incident.</summary>
    public const int MostTitleLength = 200, MostTextLength = 15_000, MostServiceLength = 100, MostServices = 50;

    private readonly Lock drawing = new();

    /// <summary>The latest opened first.</summary>
    public IReadOnlyList<Incident> All => IncidentHistory.Of(journal.Read(IncidentChange.Kind));

    /// <summary>Null when there is none of that id.</summary>
    public Incident? Find(string id) => IncidentHistory.OfOne(id, journal.Read(IncidentChange.Kind).Where(e => e.Subject == id));

    /// <exception cref="IncidentException">It cannot be done as asked; nothing was.</exception>
    public Task<Incident> OpenAsync(IncidentRequest request, CancellationToken cancelled)
    {
        bool isPlanned = request.PlannedFrom is not null || request.PlannedTo is not null;
        if (string.IsNullOrWhiteSpace(request.Title)) throw new IncidentException("a title is needed");
        if (isPlanned && !(request.PlannedFrom < request.PlannedTo)) throw new IncidentException("planned work has a beginning, and an end after it");
        var change = Change(request, opens: true, isPlanned ? IncidentState.Scheduled : IncidentState.Investigating);
        return AppendAsync(NewId(), isPlanned ? change with { Impact = change.Impact ?? IncidentImpact.Maintenance } : change with { Impact = change.Impact ?? IncidentImpact.Minor }, request, cancelled);
    }

    /// <exception cref="IncidentException">It cannot be done as asked; nothing was.</exception>
    public Task<Incident> UpdateAsync(Incident incident, IncidentRequest request, CancellationToken cancelled)
    {
        var change = Change(request, opens: false, null);
        if (change.State is null && change.Text.Length == 0 && change.Title is null && change.Impact is null && change.Services is null && change.Estimate is null && change.PlannedFrom is null && change.PlannedTo is null)
            throw new IncidentException("nothing is said and nothing is changed");
        if (change.State == IncidentState.Draft) throw new IncidentException("what was opened does not become a draft again");
        if ((change.PlannedFrom ?? incident.PlannedFrom) >= (change.PlannedTo ?? incident.PlannedTo)) throw new IncidentException("planned work ends after it begins");
        return AppendAsync(incident.Id, change with { Reopens = !incident.IsOpen && change.State is { } s && !Incident.IsClosing(s) }, request, cancelled);
    }

    /// <summary>A draft becomes public: a person has looked, and says what is so. Investigating, unless the request names another state.</summary>
    /// <exception cref="IncidentException">It cannot be done as asked; nothing was.</exception>
    public Task<Incident> ConfirmAsync(Incident incident, IncidentRequest request, CancellationToken cancelled)
    {
        if (incident.IsPublic) throw new IncidentException("it is public already");
        var change = Change(request, opens: false, IncidentState.Investigating);
        if (change.State is not (IncidentState.Investigating or IncidentState.Identified or IncidentState.Monitoring))
            throw new IncidentException("a draft is confirmed as investigating, identified or monitoring");
        return AppendAsync(incident.Id, change with { Reopens = !incident.IsOpen }, request, cancelled);
    }

    /// <summary>Resolved, or completed when it is planned work, unless the request names another closing state.</summary>
    /// <exception cref="IncidentException">It cannot be done as asked; nothing was.</exception>
    public Task<Incident> CloseAsync(Incident incident, IncidentRequest request, CancellationToken cancelled)
    {
        var change = Change(request, opens: false, incident.IsPlanned ? IncidentState.Completed : IncidentState.Resolved);
        if (!Incident.IsClosing(change.State!.Value)) throw new IncidentException("an incident is closed as resolved, post-mortem or completed");
        return AppendAsync(incident.Id, change, request, cancelled);
    }

    private async Task<Incident> AppendAsync(string id, IncidentChange change, IncidentRequest request, CancellationToken cancelled)
    {
        await journal.AppendAsync(IncidentChange.Kind, id, request.Who!, request.Why ?? "", change.ToBody(), cancelled);
        return Find(id) ?? throw new InvalidOperationException("an entry that was appended is not read");
    }

    private static IncidentChange Change(IncidentRequest request, bool opens, IncidentState? state)
    {
        if (string.IsNullOrWhiteSpace(request.Who)) throw new IncidentException("who does it is needed");
        Limit("the title", request.Title, MostTitleLength);
        Limit("the text", request.Text, MostTextLength);
        if (request.Title?.Any(char.IsControl) == true) throw new IncidentException("the title is one line");
        if (request.Services is { Count: > MostServices }) throw new IncidentException($"at most {MostServices} services");
        foreach (string? service in request.Services ?? [])
        {
            if (string.IsNullOrWhiteSpace(service)) throw new IncidentException("a service has a name");
            Limit("a service's name", service, MostServiceLength);
        }
        return new IncidentChange(opens, Word<IncidentState>("the state", request.State) ?? state, request.Text ?? "")
        {
            Title = string.IsNullOrWhiteSpace(request.Title) ? null : request.Title.Trim(),
            Impact = Word<IncidentImpact>("the impact", request.Impact),
            Services = request.Services,
            Estimate = request.Estimate,
            PlannedFrom = request.PlannedFrom,
            PlannedTo = request.PlannedTo,
        };
    }

    private static void Limit(string what, string? value, int most)
    {
        if (value?.Length > most) throw new IncidentException($"{what} has at most {most} characters");
    }

    private static T? Word<T>(string what, string? word) where T : struct, Enum
    {
        if (word is null) return null;
        foreach (var value in Enum.GetValues<T>())
            if (WordOf(value) == word) return value;
        throw new IncidentException($"{what} is one of {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}");
    }

    private static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // Two sites that open one at the same moment must not come to the same id.
    private string NewId()
    {
        const string letters = "0123456789abcdefghjkmnpqrstvwxyz";
        Span<byte> random = stackalloc byte[8];
        lock (drawing) chance.Fill(random);
        Span<char> id = stackalloc char[8];
        for (int i = 0; i < id.Length; i++) id[i] = letters[random[i] % 32];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd}-{id}");
    }
}

/// <summary>What was asked cannot be done; the message is for who asked.</summary>
public sealed class IncidentException(string message) : Exception(message);
