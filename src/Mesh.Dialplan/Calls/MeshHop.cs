using System.Globalization;
using System.Text;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// The header every leg between our servers carries: SIP <c>Mesh-Hop:</c>, IAX2 variable <c>MESHHOP</c>.
/// <c>v=1;o=22;l=8;t=hops;b=credit;d=diversions;ms=left;p=site.key,site.key;k=keyid;m=22</c>, in this order, nothing else.
/// </summary>
public sealed record MeshHop
{
    /// <summary>Longest value, octets: with either name in front it is one line or one element of at most 255.</summary>
    public const int MaxLength = 255 - 10;

    /// <summary>Most hops whose path still fits.</summary>
    public const int MaxPath = 14;

    public const int MaxHops = 99, MaxCredit = 999, MaxDiversions = 99, MaxSetupMs = 9_999_999, MaxKeyIdLength = 8;

    /// <summary>o: the call's id everywhere, 128 bits.</summary>
    public required string Origin { get; init; }

    /// <summary>l: unique per sender; accepted once (R4).</summary>
    public required string Leg { get; init; }

    /// <summary>t: hops to other servers left.</summary>
    public required int Hops { get; init; }

    /// <summary>b: legs the receiver may still cause, in total, for ever.</summary>
    public required int Credit { get; init; }

    /// <summary>d: diversions left.</summary>
    public required int Diversions { get; init; }

    /// <summary>ms: milliseconds of setup time left when the leg was sent.</summary>
    public required int SetupMs { get; init; }

    /// <summary>p: servers and targets so far, the sender last.</summary>
    public required IReadOnlyList<PathHop> Path { get; init; }

    /// <summary>k: which key of the mesh signed it.</summary>
    public required string KeyId { get; init; }

    /// <summary>m: HMAC-SHA-256 cut to 128 bits, base64url; empty before signing.</summary>
    public string Mac { get; init; } = "";

    /// <summary>Reads a value strictly: any deviation is a fault, so that two servers can never read one header differently.</summary>
    public static HopFault TryParse(string text, out MeshHop? hop) => MeshHopReader.Read(text, out hop);

    /// <summary>The part the MAC covers: all fields but m.</summary>
    public string SignedPart()
    {
        var text = new StringBuilder(160);
        text.Append(CultureInfo.InvariantCulture, $"v=1;o={Origin};l={Leg};t={Hops};b={Credit};d={Diversions};ms={SetupMs};p=");
        for (int i = 0; i < Path.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(Path[i].Site).Append('.').Append(Path[i].Key);
        }
        return text.Append(";k=").Append(KeyId).ToString();
    }

    public override string ToString() => $"{SignedPart()};m={Mac}";
}
