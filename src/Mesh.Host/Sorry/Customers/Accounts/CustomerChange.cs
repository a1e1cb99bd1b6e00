using System.Text.Json;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>What changes of an account: the body of a journal entry of kind <c>sorry-customer</c>, whose subject is the name. What is null stays.</summary>
public sealed record CustomerChange
{
    /// <summary>The kind of the journal's entries.</summary>
    public const string Kind = "sorry-customer";

    public bool Removed { get; init; }

    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>See <see cref="CustomerAccount"/>.</summary>
    public string? Password { get; init; }

    public string? Token { get; init; }

    /// <summary>Null when <paramref name="body"/> is none: the writer was another version.</summary>
    public static CustomerChange? Read(JsonElement body)
    {
        try { return body.Deserialize<CustomerChange>(SorryOrder.Json); }
        catch (JsonException) { return null; }
    }

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, SorryOrder.Json);
}
