namespace Mesh.Dialplan.Calls;

/// <summary>Reads a hop header field by field, in the one order there is.</summary>
internal ref struct MeshHopReader
{
    private ReadOnlySpan<char> rest;
    private bool failed;

    public static HopFault Read(string text, out MeshHop? hop)
    {
        hop = null;
        if (text.Length > MeshHop.MaxLength) return HopFault.TooLong;
        var reader = new MeshHopReader { rest = text };
        var version = reader.Field("v");
        if (reader.failed) return HopFault.Malformed;
        if (version is not "1") return HopFault.UnknownVersion;
        var read = new MeshHop
        {
            Origin = reader.Id("o", MeshIds.OriginLength),
            Leg = reader.Id("l", MeshIds.LegLength),
            Hops = reader.Number("t", MeshHop.MaxHops),
            Credit = reader.Number("b", MeshHop.MaxCredit),
            Diversions = reader.Number("d", MeshHop.MaxDiversions),
            SetupMs = reader.Number("ms", MeshHop.MaxSetupMs),
            Path = reader.Path(),
            KeyId = reader.KeyId(),
            Mac = reader.Id("m", MeshIds.OriginLength),
        };
        // Nothing may follow m, not even a semicolon.
        if (reader.failed || reader.rest.Length > 0 || text[^1] == ';') return HopFault.Malformed;
        hop = read;
        return HopFault.None;
    }

    private ReadOnlySpan<char> Field(string name)
    {
        if (failed || !rest.StartsWith(name) || rest.Length <= name.Length || rest[name.Length] != '=') { failed = true; return default; }
        rest = rest[(name.Length + 1)..];
        int end = rest.IndexOf(';');
        var value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return value;
    }

    private string Id(string name, int length)
    {
        var value = Field(name);
        // 22 characters hold 132 bits: of the last one only two bits count, and the others must be 0 so that an id has one spelling.
        bool canonical = length != MeshIds.OriginLength || (value.Length == length && "AQgw".Contains(value[^1]));
        if (value.Length != length || !canonical || !MeshHash.IsBase64Url(value)) failed = true;
        return value.ToString();
    }

    private int Number(string name, int max)
    {
        var value = Field(name);
        int number = 0;
        if (value.Length is 0 or > 7 || (value.Length > 1 && value[0] == '0')) failed = true;
        foreach (char c in value)
        {
            if (!char.IsAsciiDigit(c) || failed) { failed = true; return 0; }
            number = number * 10 + (c - '0');
        }
        if (number > max) failed = true;
        return number;
    }

    private PathHop[] Path()
    {
        var value = Field("p");
        if (failed || value.Length == 0) return [];
        var hops = new PathHop[value.Count(',') + 1];
        if (hops.Length > MeshHop.MaxPath) { failed = true; return []; }
        int i = 0;
        foreach (var range in value.Split(','))
        {
            var hop = value[range];
            int dot = hop.IndexOf('.');
            if (dot is < 1 or > 2 || hop.Length != dot + 1 + MeshHash.Length || !MeshHash.IsBase64Url(hop[..dot]) || !MeshHash.IsBase64Url(hop[(dot + 1)..]))
            {
                failed = true;
                return [];
            }
            hops[i++] = new PathHop(hop[..dot].ToString(), hop[(dot + 1)..].ToString());
        }
        return hops;
    }

    private string KeyId()
    {
        var value = Field("k");
        if (value.Length is 0 or > MeshHop.MaxKeyIdLength || !MeshHash.IsBase64Url(value)) failed = true;
        return value.ToString();
    }
}
