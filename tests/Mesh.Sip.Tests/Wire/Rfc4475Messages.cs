using static Mesh.Sip.Tests.Wire.Rfc4475Parse;
using static Mesh.Sip.Tests.Wire.Rfc4475Stream;

namespace Mesh.Sip.Tests.Wire;

/// <summary>
/// The SIP torture tests (RFC 4475), all 49, as rows: message and outcome. Where the RFC leaves a choice, the row has ours: a Date in another zone is read
/// (baddate), white space inside angle brackets (badaspec) and an unquoted comma in a display name (baddn) are refused. To test elsewhere, link the
/// files Rfc4475*.cs of this folder but Rfc4475Tests: they need nothing else.
/// </summary>
public static class Rfc4475Messages
{
    private static readonly int[] AnyAnswer = [];

    public static IReadOnlyList<Rfc4475Row> All { get; } =
    [
        Right("3.1.1.1", "wsinv", Rfc4475Valid.Wsinv, "folding, white space, leading zeros, escapes in quotes"),
        Right("3.1.1.2", "intmeth", Rfc4475Valid.Intmeth, "every character a token may have, NUL in a quoted pair", 405, 501),
        Right("3.1.1.3", "esc01", Rfc4475Valid.Esc01, "escapes in URIs"),
        Right("3.1.1.4", "escnull", Rfc4475Valid.Escnull, "escaped NULs in URIs"),
        Right("3.1.1.5", "esc02", Rfc4475Valid.Esc02, "percent signs that escape nothing: the method is not REGISTER", 405, 501),
        Right("3.1.1.6", "lwsdisp", Rfc4475Valid.Lwsdisp, "no white space before the angle bracket"),
        Right("3.1.1.7", "longreq", Rfc4475Valid.Longreq, "long values, 34 Vias"),
        Right("3.1.1.8", "dblreq", Rfc4475Valid.Dblreq, "a second request behind the first, and behind that five octets nobody counted", stream: Closes),
        Right("3.1.1.9", "semiuri", Rfc4475Valid.Semiuri, "semicolons in the user part"),
        Right("3.1.1.10", "transports", Rfc4475Valid.Transports, "Vias of every transport and an unknown one"),
        Right("3.1.1.11", "mpart01", Rfc4475Valid.Mpart01, "a binary multipart body"),
        Right("3.1.1.12", "unreason", Rfc4475Valid.Unreason, "a reason phrase in UTF-8"),
        Right("3.1.1.13", "noreason", Rfc4475Valid.Noreason, "an empty reason phrase"),

        Wrong("3.1.2.1", "badinv01", Rfc4475Invalid.Badinv01, "parameters without names"),
        Wrong("3.1.2.2", "clerr", Rfc4475Invalid.Clerr, "Content-Length beyond the datagram", Waits),
        Wrong("3.1.2.3", "ncl", Rfc4475Invalid.Ncl, "negative Content-Length", Closes),
        Wrong("3.1.2.4", "scalar02", Rfc4475Invalid.Scalar02, "numbers too large to hold"),
        Dropped("3.1.2.5", "scalarlg", Rfc4475Invalid.Scalarlg, Drops, "numbers too large to hold, in a response"),
        Wrong("3.1.2.6", "quotbal", Rfc4475Invalid.Quotbal, "a quote that never closes"),
        Wrong("3.1.2.7", "ltgtruri", Rfc4475Invalid.Ltgtruri, "angle brackets around the Request-URI"),
        Wrong("3.1.2.8", "lwsruri", Rfc4475Invalid.Lwsruri, "white space in the Request-URI"),
        Wrong("3.1.2.9", "lwsstart", Rfc4475Invalid.Lwsstart, "two spaces in the request line"),
        Wrong("3.1.2.10", "trws", Rfc4475Invalid.Trws, "spaces behind the request line"),
        Wrong("3.1.2.11", "escruri", Rfc4475Invalid.Escruri, "headers in the Request-URI"),
        Right("3.1.2.12", "baddate", Rfc4475Invalid.Baddate, "a Date that is not GMT"),
        Wrong("3.1.2.13", "regbadct", Rfc4475Invalid.Regbadct, "a Contact with headers and no angle brackets"),
        Wrong("3.1.2.14", "badaspec", Rfc4475Invalid.Badaspec, "white space inside angle brackets"),
        Wrong("3.1.2.15", "baddn", Rfc4475Invalid.Baddn, "a comma in a display name without quotes; no empty line", Waits),
        Refused("3.1.2.16", "badvers", Rfc4475Invalid.Badvers, Refuses, "SIP/7.0", 505),
        Wrong("3.1.2.17", "mismatch01", Rfc4475Invalid.Mismatch01, "CSeq of another method"),
        Refused("3.1.2.18", "mismatch02", Rfc4475Invalid.Mismatch02, Refuses, "CSeq of another method, method unknown", 400, 501),
        Dropped("3.1.2.19", "bigcode", Rfc4475Invalid.Bigcode, Drops, "a status code of ten digits"),

        Right("3.2.1", "badbranch", Rfc4475Application.Badbranch, "a branch that is the magic cookie and nothing else"),

        Wrong("3.3.1", "insuf", Rfc4475Application.Insuf, "no From, To, Call-ID"),
        Refused("3.3.2", "unkscm", Rfc4475Application.Unkscm, Reads, "Request-URI of an unknown scheme", 416),
        Refused("3.3.3", "novelsc", Rfc4475Application.Novelsc, Reads, "Request-URI of a scheme that is not SIP's", 416),
        Refused("3.3.4", "unksm2", Rfc4475Application.Unksm2, Reads, "From, To and Contact of unknown schemes: no binding", 400, 403, 404, 416, 480),
        Refused("3.3.5", "bext01", Rfc4475Application.Bext01, Reads, "Require of what nobody supports: Unsupported names all", 420),
        Refused("3.3.6", "invut", Rfc4475Application.Invut, Reads, "a body of an unknown type: Accept says what is known", 415),
        Refused("3.3.7", "regaut01", Rfc4475Application.Regaut01, Reads, "an unknown Authorization scheme: as without any", 401),
        Wrong("3.3.8", "multi01", Rfc4475Application.Multi01, "headers repeated that may be there once"),
        Wrong("3.3.9", "mcl01", Rfc4475Application.Mcl01, "two Content-Lengths", Closes),
        Dropped("3.3.10", "bcast", Rfc4475Application.Bcast, Reads, "a response whose second Via is the broadcast address"),
        Refused("3.3.11", "zeromf", Rfc4475Application.Zeromf, Reads, "Max-Forwards 0: 483 if it would be routed, an answer of our own else", 200, 404, 483),
        Right("3.3.12", "cparam01", Rfc4475Application.Cparam01, "a parameter of the Contact header"),
        Right("3.3.13", "cparam02", Rfc4475Application.Cparam02, "a parameter of the Contact URI"),
        Right("3.3.14", "regescrt", Rfc4475Application.Regescrt, "an escaped Route in the Contact URI, to be kept"),
        Refused("3.3.15", "sdp01", Rfc4475Application.Sdp01, Reads, "Accept without SDP", 406),

        Right("3.4.1", "inv2543", Rfc4475Application.Inv2543, "an RFC 2543 request: no branch, no tags, no Content-Length", stream: Closes),
    ];

    private static Rfc4475Row Right(string section, string name, byte[] octets, string why, params int[] statuses) =>
        new(section, name, octets, Reads, statuses.Length > 0 ? statuses : AnyAnswer, StaysOpen, why);

    private static Rfc4475Row Right(string section, string name, byte[] octets, string why, Rfc4475Stream stream) =>
        new(section, name, octets, Reads, AnyAnswer, stream, why);

    private static Rfc4475Row Wrong(string section, string name, byte[] octets, string why, Rfc4475Stream stream = StaysOpen) =>
        new(section, name, octets, Refuses, [400], stream, why);

    private static Rfc4475Row Refused(string section, string name, byte[] octets, Rfc4475Parse parse, string why, params int[] statuses) =>
        new(section, name, octets, parse, statuses, StaysOpen, why);

    private static Rfc4475Row Dropped(string section, string name, byte[] octets, Rfc4475Parse parse, string why) =>
        new(section, name, octets, parse, AnyAnswer, StaysOpen, why);
}
