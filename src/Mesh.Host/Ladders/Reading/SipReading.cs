using System.Text.RegularExpressions;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Host.Ladders.Reading;

/// <summary>Reads a SIP message of a ladder. What proves who somebody is, and keys of media, are not shown.</summary>
public static partial class SipReading
{
    private const string Hidden = "(hidden)";

    public static MessageReading Of(byte[] octets)
    {
        var text = Lines(PlainLines(octets));
        if (!SipParser.TryParse(octets, SipFraming.Datagram, SipParserOptions.Default, out var message, out _))
            return new MessageReading(PlainText.Cut(text.FirstOrDefault(""), MessageReading.MaxTitle), text, false, null, null);
        string cseq = PlainText.Of($"{message.CSeq.Number} {message.CSeq.Method}"), callId = PlainText.Of(message.CallId.Span);
        return message is SipResponse response
            ? new MessageReading(PlainText.Cut(PlainText.Of($"{response.Status.Code} {response.ReasonPhrase} ({message.CSeq.Method})"), MessageReading.MaxTitle), text, false,
                new SipFacts(PlainText.Of(message.CSeq.Method.ToString()), response.Status.Code, cseq, callId), null)
            : new MessageReading(PlainText.Cut(PlainText.Of($"{((SipRequest)message).Method} {((SipRequest)message).RequestUri}"), MessageReading.MaxTitle), text, false,
                new SipFacts(PlainText.Of(((SipRequest)message).Method.ToString()), null, cseq, callId), null);
    }

    private static IEnumerable<string> PlainLines(byte[] octets) => System.Text.Encoding.UTF8.GetString(octets).TrimEnd('\r', '\n').Split('\n').Select(line => PlainText.Of(line.TrimEnd('\r')));

    private static List<string> Lines(IEnumerable<string> lines)
    {
        var shown = new List<string>();
        bool isHiding = false;
        foreach (string line in lines)
        {
            // A folded line goes on with the header above it.
            bool goesOn = shown.Count > 0 && line.StartsWith(' ') || line.StartsWith("\\u0009", StringComparison.Ordinal);
            if (!goesOn) isHiding = Proof().IsMatch(line);
            shown.Add(isHiding ? HideProof(line, goesOn) : Key().Replace(line, "$1" + Hidden));
        }
        return shown;
    }

    /// <summary>Of a digest only the response is told by nobody; anything else might be the password itself.</summary>
    private static string HideProof(string line, bool goesOn)
    {
        if (!goesOn && !Digest().IsMatch(line)) return line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)] + " " + Hidden;
        return Response().Replace(line, "$1" + Hidden);
    }

    [GeneratedRegex(@"^(Proxy-)?Authorization\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Proof();

    [GeneratedRegex(@"^[^:]*:\s*Digest\s", RegexOptions.IgnoreCase)]
    private static partial Regex Digest();

    [GeneratedRegex("""(\bresponse\s*=\s*)("[^"]*"?|[^",\s]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Response();

    /// <summary>SRTP keys in SDP: RFC 4568 and the k= of RFC 4566.</summary>
    [GeneratedRegex(@"(\binline:|^k=)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
