namespace Mesh.Dialplan.Language;

/// <summary>One branch of a <see cref="DialString"/>: <c>technology/resource</c>.</summary>
internal static class DialTechnology
{
    public static (Endpoint? Endpoint, DialplanProblem? Problem) Read(string part)
    {
        if (part.Length == 0) return Refuse("A branch of the ring is empty", "Write one & between two branches: SIP/reception&IAX2/office/100");
        int slash = part.IndexOf('/');
        if (slash <= 0 || slash == part.Length - 1)
            return Refuse($"'{part}' is not a place to dial", $"Say how to reach it: SIP/{part.Trim('/')}, IAX2/site/{part.Trim('/')} or PERSON/{part.Trim('/')}");
        string resource = part[(slash + 1)..];
        return part[..slash].ToUpperInvariant() switch
        {
            "SIP" or "PJSIP" => Phone(part, resource),
            "IAX2" or "IAX" => Iax(part, resource),
            "TRUNK" => Trunk(part, resource),
            "PERSON" => (new PersonEndpoint(resource), null),
            "LOCAL" => Refuse($"'{part}' goes round through the dialplan, which a ring cannot",
                $"To hand the call over write call.Goto(\"{Before(resource, '@')}\"); to ring that person together with others write PERSON/{Before(resource, '@')}"),
            var technology => Refuse($"'{part}': {technology} is not a technology here", "There are SIP (PJSIP means the same), IAX2, TRUNK and PERSON"),
        };
    }

    private static (Endpoint?, DialplanProblem?) Phone(string part, string account)
    {
        if (account.Contains('/') || account.Contains('@'))
            return Refuse($"'{part}': a phone is one account name", "A call through a carrier is TRUNK/trunk/number, a number at another site IAX2/site/number");
        return (new PhoneEndpoint(account), null);
    }

    private static (Endpoint?, DialplanProblem?) Iax(string part, string resource)
    {
        int slash = resource.IndexOf('/');
        string peer = slash < 0 ? resource : resource[..slash], number = slash < 0 ? "" : resource[(slash + 1)..];
        int at = peer.LastIndexOf('@');
        if (at >= 0 || peer.Contains(':'))
        {
            // Whatever stands before the @ may hold a secret: it must not come back in a message that is logged.
            string host = peer[(at + 1)..];
            return Refuse($"'IAX2/...@{host}': user, secret and address are no part of the dialplan",
                $"Sites know each other already; other systems are named under peers: in mesh.yaml and dialled as IAX2/name/{(number.Length > 0 ? number : "number")}");
        }
        if (number.Contains('@'))
            return Refuse($"'{part}': the other system chooses the context itself", $"Write IAX2/{peer}/{Before(number, '@')}");
        if (number.Contains('/') || (slash >= 0 && number.Length == 0))
            return Refuse($"'{part}' is not peer and number", "Write IAX2/site/number, or IAX2/device for a device that registers over IAX2");
        return (new IaxEndpoint(peer, number), null);
    }

    private static (Endpoint?, DialplanProblem?) Trunk(string part, string resource)
    {
        int slash = resource.IndexOf('/');
        if (slash <= 0) return Refuse($"'{part}' names no number", "Write TRUNK/trunk/number");
        return PhoneNumber.TryClean(resource[(slash + 1)..], out string number)
            ? (new TrunkEndpoint(resource[..slash], number), null)
            : Refuse($"'{resource[(slash + 1)..]}' is not a telephone number", "Write digits, with + and the country code or as you would dial them");
    }

    private static string Before(string text, char c) => text.IndexOf(c) is >= 0 and var at ? text[..at] : text;

    private static (Endpoint?, DialplanProblem?) Refuse(string message, string hint) => (null, new(message, hint));
}
