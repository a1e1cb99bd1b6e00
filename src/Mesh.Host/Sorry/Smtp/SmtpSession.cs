using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>
/// A session, pure: a line and what was before give a reply and what is after. What concerns the connection is answered 421; what concerns a domain is answered by its switch, and by
/// nothing else, so that no limit turns "wait" into "never" or the other way round.
/// </summary>
public static class SmtpSession
{
    /// <summary>The first thing said. A server that has one answer for everybody gives it here.</summary>
    public static (SmtpState State, SmtpReply Reply) Greet(SmtpScene scene) => scene.Board.OnlyAnswer(SorryChannel.Smtp, scene.Now) switch
    {
        { Answer: SorryAnswer.NeverMail } => (new SmtpState(SmtpPhase.Refused), new SmtpReply($"521 {scene.HostName} does not accept mail")),
        { Answer: SorryAnswer.Closing } notice => (new SmtpState(SmtpPhase.Closed), SmtpWords.Of(notice, scene.HostName)),
        _ => (new SmtpState(SmtpPhase.Connected), new SmtpReply($"220 {scene.HostName} ESMTP")),
    };

    /// <summary>One line, without its CRLF.</summary>
    public static (SmtpState State, SmtpReply Reply) Step(SmtpState state, string line, SmtpScene scene)
    {
        if (state.Commands >= scene.Limits.Commands) return End(state, SmtpRefusal.Commands);
        state = state with { Commands = state.Commands + 1 };
        var (next, reply) = line.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? (state, Fault("500 5.5.2 a command is of printable ASCII"))
            : Perform(state, SmtpCommand.Read(line), scene);
        if (!reply.IsFault) return (next, reply);
        next = next with { Faults = next.Faults + 1 };
        return next.Faults > scene.Limits.Faults ? End(next, SmtpRefusal.Faults) : (next, reply);
    }

    /// <summary>Ends a session for a reason of the connection's.</summary>
    public static (SmtpState State, SmtpReply Reply) End(SmtpState state, SmtpRefusal refusal) => (state with { Phase = SmtpPhase.Closed, Refusal = refusal }, SmtpWords.Of(refusal));

    private static (SmtpState, SmtpReply) Perform(SmtpState state, SmtpCommand command, SmtpScene scene)
    {
        var (phase, act) = SmtpFigure.Step(state.Phase, command.Verb);
        var moved = phase == SmtpPhase.Mail ? state : Outside(state, phase);
        return act switch
        {
            SmtpAct.Hello or SmtpAct.Features when command.Argument.Length == 0 => (state, Fault("501 5.5.4 say who you are")),
            SmtpAct.Hello => (moved, new SmtpReply($"250 {scene.HostName}")),
            SmtpAct.Features => (moved, SmtpWords.Features(scene, state.Secure)),
            SmtpAct.BeginTls when !scene.OffersTls || state.Secure => (state, Fault("502 5.5.1 TLS is not offered now")),
            SmtpAct.BeginTls when command.Argument.Length > 0 => (state, Fault("501 5.5.4 STARTTLS has no parameters")),
            // RFC 3207 section 4.2: what was said before is forgotten.
            SmtpAct.BeginTls => (new SmtpState(phase) { Secure = true, Commands = state.Commands, Faults = state.Faults }, new SmtpReply("220 2.0.0 go ahead") { StartsTls = true }),
            SmtpAct.Sender => Sender(state, command.Argument, scene),
            SmtpAct.Recipient => Recipient(state, command.Argument, scene),
            SmtpAct.NoRecipient => (state, NoRecipient(state)),
            SmtpAct.Ok => (moved, new SmtpReply("250 2.0.0 ok")),
            SmtpAct.Help => (moved, new SmtpReply("214 2.0.0 mail is answered here while its own server is down; nothing is taken")),
            SmtpAct.CannotVerify => (moved, new SmtpReply("252 2.0.0 that cannot be told here")),
            SmtpAct.NotOffered => (moved, Fault("502 5.5.1 not offered")),
            SmtpAct.BadSequence => (moved, Fault("503 5.5.1 not now")),
            SmtpAct.Goodbye => (moved, new SmtpReply($"221 2.0.0 {scene.HostName} closes")),
            SmtpAct.Abandon => End(state, SmtpRefusal.NotMail),
            _ => (moved, Fault("500 5.5.1 no such command")),
        };
    }

    private static (SmtpState, SmtpReply) Sender(SmtpState state, string argument, SmtpScene scene)
    {
        if (!SmtpPath.TryRead(argument, "FROM:", out var path)) return (state, Fault("501 5.1.7 MAIL FROM:<address>"));
        foreach (var parameter in path.Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (!SmtpWords.IsKnownParameter(parameter)) return (state, Fault("555 5.5.4 SIZE and BODY are the parameters offered"));
        return (Outside(state, SmtpPhase.Mail) with { Board = scene.Board, At = scene.Now, Sender = path.Mailbox }, new SmtpReply("250 2.1.0 ok"));
    }

    private static (SmtpState, SmtpReply) Recipient(SmtpState state, string argument, SmtpScene scene)
    {
        if (!SmtpPath.TryRead(argument, "TO:", out var path) || path.Mailbox.Length == 0) return (state, Fault("501 5.1.3 RCPT TO:<address>"));
        var notice = state.Board.Find(SorryChannel.Smtp, path.Domain.Length == 0 ? SorryTarget.Everything : path.Domain, state.At);
        bool soft = notice is null || notice.Answer.IsSoft();
        var next = state with
        {
            ToldSoft = state.ToldSoft || soft,
            ToldHard = state.ToldHard || !soft,
            Phase = notice?.Answer == SorryAnswer.Closing ? SmtpPhase.Closed : state.Phase,
        };
        string domain = path.Domain.Length == 0 ? scene.HostName : path.Domain;
        return (next, SmtpWords.Of(notice, domain) with { Told = new ToldRecipient(path.Domain, state.Sender, path.Mailbox, notice) });
    }

    // A client that pipelines may take the answer to DATA for the answer about its recipients: it is as hard or soft as theirs were.
    private static SmtpReply NoRecipient(SmtpState state) =>
        state.ToldSoft ? new SmtpReply("451 4.3.2 no recipient was taken: try again later") : state.ToldHard ? new SmtpReply("554 5.5.1 no valid recipients") : Fault("503 5.5.1 no recipient");

    private static SmtpState Outside(SmtpState state, SmtpPhase phase) => new(phase) { Secure = state.Secure, Commands = state.Commands, Faults = state.Faults, Refusal = state.Refusal, Board = state.Board, At = state.At };

    private static SmtpReply Fault(string line) => new(line) { IsFault = true };
}
