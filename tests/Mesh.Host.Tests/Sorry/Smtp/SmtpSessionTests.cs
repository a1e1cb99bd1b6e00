using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Tests.Sorry.Smtp;

public class SmtpSessionTests
{
    private readonly HandClock clock = new();
    private readonly SmtpOptions limits = new();
    private readonly SorrySwitches switches;

    public SmtpSessionTests() => switches = new SorrySwitches(new MemoryJournal(clock), clock);

    [Theory]
    [InlineData(SorryAnswer.Defer, "450 4.3.2 down.example cannot take mail now (until 2026-03-02 14:00 UTC)")]
    [InlineData(SorryAnswer.Closing, "421 4.3.2 down.example cannot take mail now (until 2026-03-02 14:00 UTC)")]
    [InlineData(SorryAnswer.Reject, "550 5.3.2 down.example takes no mail")]
    [InlineData(SorryAnswer.NoMail, "556 5.1.10 down.example takes no mail")]
    [InlineData(SorryAnswer.NeverMail, "521 5.3.2 down.example takes no mail")]
    public async Task A_recipient_is_answered_as_its_domain_is_switched(SorryAnswer answer, string reply)
    {
        await On("down.example", answer);
        var said = Talk("EHLO a", "MAIL FROM:<s@else.example>", "RCPT TO:<anna@Down.Example.>");
        Assert.Equal(reply, said[^1]);
        Assert.Equal("451 4.4.4 up.example is not answered for here; try its other mail servers", Talk("EHLO a", "MAIL FROM:<>", "RCPT TO:<b@up.example>")[^1]);
    }

    [Theory]
    [InlineData("Wir ziehen um, bis morgen für alle", "450 4.3.2 down.example: Wir ziehen um, bis morgen fuer alle (until 2026-03-02 14:00 UTC)")]
    [InlineData("日本", "450 4.3.2 down.example: ?? (until 2026-03-02 14:00 UTC)")]
    public async Task A_message_is_told_in_ascii(string message, string reply)
    {
        await On("down.example", SorryAnswer.Defer, message);
        Assert.Equal(reply, Talk("EHLO a", "MAIL FROM:<>", "RCPT TO:<a@down.example>")[^1]);
    }

    [Fact]
    public async Task A_message_cannot_add_a_line()
    {
        Assert.NotNull(await switches.OrderAsync("down.example", new SorryOrder { On = true, Answers = [SorryAnswer.Reject], Message = "x\r\n250 ok" }, "anna", ""));
        await On("down.example", SorryAnswer.Reject, new string('x', 400));
        string name = $"{new string('a', 60)}.{new string('b', 60)}.{new string('c', 60)}.down.example";
        await On("*.down.example", SorryAnswer.Reject, new string('x', 400));
        string reply = Talk("EHLO a", "MAIL FROM:<>", $"RCPT TO:<a@{name}>")[^1];
        Assert.Equal(510, reply.Length);
    }

    [Fact]
    public void What_is_offered()
    {
        Assert.Equal(["220 sorry.example ESMTP", "250-sorry.example|250-PIPELINING|250-8BITMIME|250-SIZE 0|250-STARTTLS|250 ENHANCEDSTATUSCODES", "220 2.0.0 go ahead",
            "503 5.5.1 not now", "250-sorry.example|250-PIPELINING|250-8BITMIME|250-SIZE 0|250 ENHANCEDSTATUSCODES", "502 5.5.1 TLS is not offered now"],
            Talk("ehlo [192.0.2.1]", "StartTls", "MAIL FROM:<a@b>", "EHLO again", "STARTTLS"));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.example>", "250")]
    [InlineData("MAIL FROM:<>", "250")]
    [InlineData("mail from: <a@b.example> SIZE=1000 BODY=8BITMIME", "250")]
    [InlineData("MAIL FROM:<\"a>b@c\"@b.example>", "250")]
    [InlineData("MAIL FROM:<@hop.example,@other.example:a@b.example>", "250")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=", "555")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=-1", "555")]
    [InlineData("MAIL FROM:<a@b.example> BODY=BINARYMIME", "555")]
    [InlineData("MAIL FROM:<a@b.example> SMTPUTF8", "555")]
    [InlineData("MAIL FROM:<a@b.example>x", "501")]
    [InlineData("MAIL FROM:a@b.example", "501")]
    [InlineData("MAIL FROM:<a@b.example", "501")]
    [InlineData("MAIL FROM:<a@-b->", "501")]
    [InlineData("MAIL FROM:<@b.example>", "501")]
    [InlineData("MAIL TO:<a@b.example>", "501")]
    [InlineData("MAIL", "501")]
    [InlineData("MAIL FROM:<\u00e4@b.example>", "500")]
    [InlineData("MAIL FROM:<a\tb@b.example>", "500")]
    [InlineData("RCPT TO:<a@b.example>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("BDAT 10 LAST", "421")]
    [InlineData("GET / HTTP/1.1", "421")]
    [InlineData("AUTH PLAIN", "502")]
    [InlineData("ETRN x", "500")]
    [InlineData("", "500")]
    [InlineData("VRFY anna", "252")]
    [InlineData("EHLO", "501")]
    [InlineData("STARTTLS x", "501")]
    [InlineData("QUIT", "221")]
    public void After_ehlo(string line, string code) => Assert.StartsWith(code, Talk("EHLO a", line)[^1]);

    [Fact]
    public async Task Data_is_refused_as_softly_or_hard_as_its_recipients_were()
    {
        await On("soft.example", SorryAnswer.Defer);
        await On("hard.example", SorryAnswer.Reject);
        string[] begin = ["EHLO a", "MAIL FROM:<>"];
        Assert.StartsWith("503", Talk([.. begin, "DATA"])[^1]);
        Assert.StartsWith("451", Talk([.. begin, "RCPT TO:<a@soft.example>", "DATA"])[^1]);
        Assert.StartsWith("554", Talk([.. begin, "RCPT TO:<a@hard.example>", "DATA"])[^1]);
        Assert.StartsWith("451", Talk([.. begin, "RCPT TO:<a@hard.example>", "RCPT TO:<a@soft.example>", "DATA"])[^1]);
        // What was refused in one transaction is forgotten in the next.
        Assert.StartsWith("503", Talk([.. begin, "RCPT TO:<a@hard.example>", "RSET", "MAIL FROM:<>", "DATA"])[^1]);
    }

    [Fact]
    public async Task A_transaction_keeps_the_switches_it_began_with_and_the_next_has_the_new_ones()
    {
        await On("down.example", SorryAnswer.Defer);
        var (state, _) = SmtpSession.Greet(Scene());
        string Say(string line)
        {
            (state, var reply) = SmtpSession.Step(state, line, Scene());
            return reply.Code;
        }
        Say("EHLO a");
        Say("MAIL FROM:<>");
        Assert.Equal("450", Say("RCPT TO:<a@down.example>"));
        await Off("down.example");
        await On("down.example", SorryAnswer.Reject);
        Assert.Equal("450", Say("RCPT TO:<b@down.example>"));
        Say("RSET");
        Say("MAIL FROM:<>");
        Assert.Equal("550", Say("RCPT TO:<b@down.example>"));
    }

    [Fact]
    public async Task One_answer_for_everybody_is_the_greeting_unless_some_domain_has_another()
    {
        await On("*", SorryAnswer.NeverMail);
        Assert.Equal(["521 sorry.example does not accept mail", "503 5.5.1 not now", "503 5.5.1 not now", "221 2.0.0 sorry.example closes"], Talk("EHLO a", "MAIL FROM:<>", "QUIT"));
        await On("other.example", SorryAnswer.Reject);
        Assert.Equal(["220", "250", "250", "521", "550"], Talk("EHLO a", "MAIL FROM:<>", "RCPT TO:<a@any.example>", "RCPT TO:<a@other.example>").Select(r => r[..3]));
        await Off("other.example");
        await Off("*");
        await On("*", SorryAnswer.Closing);
        Assert.StartsWith("421 4.3.2 sorry.example", Assert.Single(Talk()));
    }

    [Fact]
    public void Limits_end_the_session_and_nothing_else()
    {
        var faults = Talk([.. Enumerable.Repeat("XYZZY", 50)]);
        Assert.Equal(limits.Faults + 2, faults.Count);
        Assert.Equal("421 4.7.0 too many errors", faults[^1]);
        var commands = Talk([.. Enumerable.Repeat("NOOP", 1000)]);
        Assert.Equal(limits.Commands + 2, commands.Count);
        Assert.Equal("421 4.7.0 too many commands", commands[^1]);
    }

    private SmtpScene Scene() => new("sorry.example", true, switches.Board, clock.Now, limits);

    private List<string> Talk(params string[] lines)
    {
        var (state, reply) = SmtpSession.Greet(Scene());
        List<string> said = [string.Join('|', reply.Lines)];
        foreach (string line in lines)
        {
            if (state.Phase == SmtpPhase.Closed) break;
            (state, reply) = SmtpSession.Step(state, line, Scene());
            said.Add(string.Join('|', reply.Lines));
        }
        return said;
    }

    private async Task On(string target, SorryAnswer answer, string message = "") => Assert.Null(await switches.OrderAsync(
        target, new SorryOrder { On = true, Answers = [answer], Message = message, Until = answer.IsSoft() ? clock.Now.AddHours(2) : null }, "anna", "moving"));

    private async Task Off(string target) => Assert.Null(await switches.OrderAsync(target, new SorryOrder { On = false, Channels = [SorryChannel.Smtp] }, "anna", ""));
}
