using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Mesh.Media.Tests.Sdp;

public sealed class SessionDescriptionTests
{
    private static readonly string[] Real =
        [RealOffers.Baresip, RealOffers.Linphone, RealOffers.Sipp, RealOffers.Carrier, RealOffers.DeskPhone, RealOffers.Browser, RealOffers.Fax, RealOffers.SixAddress];

    [Fact]
    public void What_is_read_and_written_reads_the_same_with_either_line_end()
    {
        foreach (string text in Real)
        {
            var once = Read(text);
            var again = Read(once.ToString());
            Assert.Equal(once.ToString(), again.ToString());
            Assert.Equal(once.ToString(), Read(text.ReplaceLineEndings("\r\n")).ToString());
            Assert.Equal(once.Media.Count, text.Split("\nm=").Length - 1);
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("v=1\r\no=- 1 1 IN IP4 1.2.3.4\r\n", 1)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\nv=0\r\n", 1)]
    [InlineData("v=0\r\ns=-\r\nt=0 0\r\n", 0)]
    [InlineData("v=0\r\no=- 1 1 IN IP4\r\n", 2)]
    [InlineData("v=0\r\no=- one two IN IP4 1.2.3.4\r\n", 2)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc=IN IP4\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio 70000 RTP/AVP 0\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio RTP/AVP 0\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio -1 RTP/AVP 0\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nnonsense\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nx=1\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n\r\ns=-\r\n", 3)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\na=\0\r\n", 3)]
    public void A_mistake_is_named_with_its_line(string text, int line)
    {
        Assert.False(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(line, error.Line);
        Assert.NotEmpty(error.Reason);
    }

    [Theory]
    [InlineData("v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 4000 RTP/AVP 8")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio 4000/2 RTP/AVP 8\r\n\r\n\r\n")]
    [InlineData("v=0\r\no=- 99999999999999999999999 88888888888888888888888 IN IP4 1.2.3.4\r\nm=audio 4000 RTP/AVP 8\r\n")]
    public void Harmless_mistakes_of_phones_are_read(string text) => Assert.Equal(4000, Read(text).Media[0].Port);

    [Theory]
    [InlineData("IN IP4 192.0.2.7", "192.0.2.7:4000")]
    [InlineData("IN IP4 192.0.2.7/127", "192.0.2.7:4000")]
    [InlineData("IN IP6 2001:db8::5", "[2001:db8::5]:4000")]
    [InlineData("IN IP4 010.0.0.1", null)]
    [InlineData("IN IP4 5", null)]
    [InlineData("IN IP4 192.0.2.7:5", null)]
    [InlineData("IN IP6 [2001:db8::5]:5", null)]
    [InlineData("IN IP6 192.0.2.7", null)]
    [InlineData("IN IP4 2001:db8::5", null)]
    [InlineData("IN IP4 224.2.36.42/127", null)]
    [InlineData("IN IP6 ff02::1", null)]
    [InlineData("ATM NSAP 47.0091", null)]
    public void An_address_is_taken_only_when_it_is_spelt_in_full_and_one_host(string connection, string? expected)
    {
        var read = Read($"v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nc={connection}\r\nm=audio 4000 RTP/AVP 8\r\n");
        Assert.Equal(expected is not null, read.ConnectionOf(read.Media[0]).TryAddress(4000, out var address));
        if (expected is not null) Assert.Equal(NetAddress.Parse(expected), address);
    }

    /// <summary>A line longer than what is read without an array, and characters of several octets.</summary>
    [Fact]
    public void Long_lines_and_names_in_any_script_are_kept()
    {
        string name = string.Concat(Enumerable.Repeat("Büro München ", 90)).Trim();
        var read = Read($"v=0\r\no=some phone 7 9 IN IP4 1.2.3.4\r\ns={name}\r\nm=audio 4000 RTP/AVP 8  0 101\r\na=ptime:30\r\n");
        Assert.Equal((name, "some phone", "7", 9UL), (read.Name, read.Origin.Username, read.Origin.SessionId, read.Origin.Version));
        Assert.Equal(["8", "0", "101"], read.Media[0].Formats);
        Assert.Equal("30", read.Media[0].Value("PTIME"));
    }

    [Fact]
    public void Limits_hold()
    {
        Assert.False(SessionDescription.TryParse(new byte[20_000], out _, out _));
        string many = "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n" + string.Concat(Enumerable.Repeat("m=audio 0 RTP/AVP 0\r\n", 17));
        Assert.False(SessionDescription.TryParse(Encoding.ASCII.GetBytes(many), out _, out var error));
        Assert.Equal(19, error.Line);
    }

    [Fact]
    public void No_mutation_throws_and_whatever_is_read_can_be_answered_or_refused()
    {
        var mutation = from text in Gen.Elements(Real)
                       from cuts in Gen.ListOf(Gen.Choose(0, 1000).SelectMany(at => Gen.Choose(0, 255).Select(octet => (at, octet))), 6)
                       from keep in Gen.Choose(0, 1200)
                       select Mutate(text, cuts, keep);
        Prop.ForAll(mutation.ToArbitrary(), body =>
        {
            if (!SessionDescription.TryParse(body, out var description, out _)) return true;
            var outcome = new SdpSession(1).Answer(description, new LocalAudio(NetAddress.Parse("10.0.0.1:20000"), [AudioCodec.Pcma, AudioCodec.Pcmu]));
            bool answered = outcome.Answer is not null && SessionDescription.TryParse(outcome.Answer, out var answer, out _) && answer.Media.Count == description.Media.Count;
            return outcome.Refusal != SdpRefusal.None || answered;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithQuietOnSuccess(true));
    }

    private static byte[] Mutate(string text, IEnumerable<(int At, int Octet)> changes, int keep)
    {
        var body = Encoding.UTF8.GetBytes(text);
        foreach (var (at, octet) in changes) body[at % body.Length] = (byte)octet;
        return body[..Math.Min(body.Length, Math.Max(20, keep))];
    }

    private static SessionDescription Read(string text)
    {
        Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var description, out var error), error.ToString());
        return description;
    }
}
