namespace Mesh.Host.Sorry.Switches;

/// <summary>A switch that is on, for one target and one channel.</summary>
/// <param name="Target">See <see cref="SorryTarget"/>.</param>
/// <param name="Location">Where a redirect leads; else empty.</param>
/// <param name="Message">Told to whoever asks; empty: the usual sentence.</param>
/// <param name="Since">From when the answer has been given, soft answers renewed in between included.</param>
/// <param name="From">Not in force before.</param>
/// <param name="Until">Not in force from then on; null: until it is switched off.</param>
/// <param name="Who">Who switched it on.</param>
/// <param name="Why">In that person's words; not told to the public.</param>
/// <param name="Site">Where that was done.</param>
public sealed record SorryNotice(
    string Target, SorryAnswer Answer, string Location, string Message, DateTimeOffset Since, DateTimeOffset From, DateTimeOffset? Until, string Who, string Why, string Site)
{
    /// <summary>The id of stored pages; empty: the usual page.</summary>
    public string Content { get; init; } = "";

    /// <summary>The customer who switched it on; empty: an operator, whom no customer overrules.</summary>
    public string Customer { get; init; } = "";

    /// <summary>A recorded announcement of the bundle; empty: the message is spoken, or the usual sentence.</summary>
    public string Recording { get; init; } = "";

    /// <summary>The site whose absence switched it, at <see cref="Site"/> alone; empty when a person did.</summary>
    public string Automatic { get; init; } = "";

    public SorryChannel Channel => Answer.Channel();

    public bool InForce(DateTimeOffset now) => From <= now && (Until is not { } until || now < until);
}
