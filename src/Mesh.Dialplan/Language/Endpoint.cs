namespace Mesh.Dialplan.Language;

/// <summary>A place that can be dialled. <c>a &amp; b</c> makes a <see cref="Ring"/>: both at once.</summary>
public abstract record Endpoint
{
    /// <summary>Asterisk's spelling: <c>SIP/mbloch-desk</c>, <c>IAX2/manchester/301</c>, <c>TRUNK/magrathea/+441619960600</c>, <c>PERSON/301</c>. Made once: every step of a dial names it.</summary>
    public abstract string Spelling { get; }

    public static Ring operator &(Endpoint a, Endpoint b) => new([a, b]);

    public sealed override string ToString() => Spelling;
}

/// <summary>A phone by its account name.</summary>
public sealed record PhoneEndpoint(string Account) : Endpoint
{
    public string Account { get; } = Account;

    public override string Spelling { get; } = $"SIP/{Account}";
}

/// <summary>A number at another site, at another IAX2 system, or a device registered over IAX2 (<paramref name="Number"/> empty).</summary>
public sealed record IaxEndpoint(string Peer, string Number) : Endpoint
{
    public string Peer { get; } = Peer;

    public string Number { get; } = Number;

    public override string Spelling { get; } = Number.Length == 0 ? $"IAX2/{Peer}" : $"IAX2/{Peer}/{Number}";
}

/// <summary>A number through a carrier.</summary>
public sealed record TrunkEndpoint(string Trunk, string Number) : Endpoint
{
    public string Trunk { get; } = Trunk;

    public string Number { get; } = Number;

    public override string Spelling { get; } = $"TRUNK/{Trunk}/{Number}";
}

/// <summary>A person: every phone of theirs, here and over every other site.</summary>
public sealed record PersonEndpoint(string Number) : Endpoint
{
    public string Number { get; } = Number;

    public override string Spelling { get; } = $"PERSON/{Number}";
}
