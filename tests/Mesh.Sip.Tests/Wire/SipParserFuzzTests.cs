using System.Buffers;
using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

/// <summary>Strangers' octets: nothing that arrives makes the parser throw, nor anything that is asked of what it read.</summary>
public class SipParserFuzzTests
{
    private static readonly byte[][] Seeds = [.. Rfc4475Messages.All.Select(row => row.Octets), SampleMessages.Invite];
    private static readonly byte[][] Pieces = [.. new[] { "\r\n", "\r\n ", "\r", "\n", "\0", "\"", "<", ">", ";", ",", ":", "@", "%", "%0", "%00", "[", "]", "=", "(", "\\", " ", "\t", "é", "SIP/2.0",
        "Via: ", "v:", "Content-Length: 99999999999", "CSeq: ", "sip:", "\r\n\r\n", ";;", "/", "/ /", "z9hG4bK", "*" }.Select(Rfc4475Text.Utf8)];

    [Fact]
    public void A_hundred_thousand_mutated_messages()
    {
        var chance = new SeededChance(4475);
        int read = 0;
        for (int i = 0; i < 80_000; i++)
            if (TryEverything(Mutate(Seeds[chance.NextInt32(Seeds.Length)], chance))) read++;
        // Mutations that leave a message right are common enough that the branch behind a good parse is exercised too.
        Assert.InRange(read, 5_000, 75_000);
    }

    [Fact]
    public void Random_octets()
    {
        var chance = new SeededChance(3261);
        for (int i = 0; i < 20_000; i++)
        {
            var octets = new byte[chance.NextInt32(200)];
            chance.Fill(octets);
            if (i % 2 == 0) octets = [.. "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n"u8, .. octets];
            TryEverything(octets);
        }
    }

    private static byte[] Mutate(byte[] seed, SeededChance chance)
    {
        var octets = new List<byte>(seed);
        for (int times = 1 + chance.NextInt32(3); times > 0 && octets.Count > 0; times--)
        {
            int at = chance.NextInt32(octets.Count), length = Math.Min(1 + chance.NextInt32(12), octets.Count - at);
            switch (chance.NextInt32(5))
            {
                case 0: octets[at] = (byte)chance.NextInt32(256); break;
                case 1: octets.RemoveRange(at, length); break;
                case 2: octets.InsertRange(at, Pieces[chance.NextInt32(Pieces.Length)]); break;
                case 3: octets.InsertRange(at, octets.GetRange(at, length)); break;
                default: octets.RemoveRange(at, octets.Count - at); break;
            }
        }
        return [.. octets];
    }

    private static bool TryEverything(byte[] octets)
    {
        bool read = SipParser.TryParse(octets, out var message, out var error);
        if (error.Request is { } refused) new SipWriter().StartResponse(refused, error.Status, "t", error.ReasonPhrase).End();
        var input = new ReadOnlySequence<byte>(octets);
        var framer = new SipFramer(weOpened: false);
        for (var kind = SipFrameKind.Ping; kind is not (SipFrameKind.Incomplete or SipFrameKind.Broken);) kind = framer.Read(ref input).Kind;
        if (message is null) return false;
        foreach (var header in message.Headers)
        {
            AskAs<Via>(header.Value);
            AskAs<NameAddress>(header.Value);
            AskAs<Contact>(header.Value);
            AskAs<CSeq>(header.Value);
            AskAs<RAck>(header.Value);
            AskAs<Reason>(header.Value);
            AskAs<Replaces>(header.Value);
            AskAs<SessionExpires>(header.Value);
            AskAs<RetryAfter>(header.Value);
            AskAs<MediaType>(header.Value);
            AskAs<DigestChallenge>(header.Value);
            AskAs<DigestCredentials>(header.Value);
            foreach (var value in message.Values(header.Id)) _ = value.ToString();
        }
        _ = message.From.Uri.GetHashCode() + message.From.DisplayText.Length + message.To.Uri.UnescapedUser.Length;
        Assert.Equal(message.To.Uri, message.To.Uri.Own());
        if (message is SipRequest request) new SipWriter().StartResponse(request, 200, "t").End();
        return read;
    }

    private static void AskAs<T>(SipText text) where T : struct, IHeaderValue<T>
    {
        if (T.TryParse(text, out var value)) _ = value.ToString();
    }
}
