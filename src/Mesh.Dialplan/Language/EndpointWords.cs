namespace Mesh.Dialplan.Language;

/// <summary>What <c>Sip("...")</c>, <c>Iax("...")</c>, <c>Trunk("...", "...")</c> and <c>Person("...")</c> mean: an endpoint always, and what is wrong with how it is written, if anything.</summary>
internal static class EndpointWords
{
    public static (Endpoint Endpoint, DialplanProblem? Problem) Sip(string? account) => Read("SIP", account, new PhoneEndpoint(account ?? ""));

    public static (Endpoint Endpoint, DialplanProblem? Problem) Iax(string? path) => Read("IAX2", path, new IaxEndpoint(path ?? "", ""));

    public static (Endpoint Endpoint, DialplanProblem? Problem) Trunk(string? name, string? number) =>
        Read("TRUNK", $"{name}/{number}", new TrunkEndpoint(name ?? "", number ?? ""));

    public static (Endpoint Endpoint, DialplanProblem? Problem) Person(string? number) => Read("PERSON", number, new PersonEndpoint(number ?? ""));

    private static (Endpoint, DialplanProblem?) Read(string technology, string? resource, Endpoint asWritten)
    {
        if (string.IsNullOrWhiteSpace(resource)) return (asWritten, new("A place to dial has no name", "A variable used above the line that sets it is empty"));
        if (resource.StartsWith(technology + "/", StringComparison.OrdinalIgnoreCase))
            return (asWritten, new($"'{resource}' says {technology} twice", $"Leave {technology}/ out, or write the whole as a string given to Dial"));
        var (endpoint, problem) = DialTechnology.Read($"{technology}/{resource.Trim()}");
        return (endpoint ?? asWritten, problem);
    }
}
