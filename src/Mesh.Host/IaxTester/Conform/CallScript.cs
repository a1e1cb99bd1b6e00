using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>The usual ways into a call and a registration, frame by frame, for rows that are about something later.</summary>
public static class CallScript
{
    /// <summary>Sends a request with an empty CALLTOKEN and, when a token is demanded, again with it. The next frame is whatever the server makes of it.</summary>
    public static async Task Request(this RowContext row, RawDialog dialog, IaxCommand command, byte[] elements)
    {
        dialog.Send(command, ConformElements.WithToken(elements, []));
        var first = await row.Expect(dialog, f => !f.Is(IaxCommand.Ack), $"answer to {FrameNames.Of(FrameType.Iax, (byte)command)}");
        if (!first.Is(IaxCommand.CallToken)) { dialog.Inbox.Arrived(first); return; }
        dialog.Restart();
        dialog.Send(command, ConformElements.WithToken(elements, first.Find(ElementId.CallToken) ?? []));
    }

    /// <summary>NEW up to its AUTHREQ, which is returned; null when the server accepts without asking who it is.</summary>
    public static async Task<SeenFrame?> UntilChallenge(this RowContext row, RawDialog dialog, string? user = null, string? extension = null, VoiceFormat formats = VoiceFormat.None)
    {
        var offered = formats == VoiceFormat.None ? row.Target.Format : formats;
        await row.Request(dialog, IaxCommand.New, ConformElements.New(extension ?? row.Target.Extension, user ?? row.Target.User, offered));
        var answer = await row.Expect(dialog, f => f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept) || f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup), "AUTHREQ");
        if (answer.Is(IaxCommand.AuthReq)) return answer;
        dialog.Inbox.Arrived(answer);
        return null;
    }

    /// <summary>Answers the challenge.</summary>
    public static void Prove(this RowContext row, RawDialog dialog, SeenFrame challenge, string? secret = null) =>
        dialog.Send(IaxCommand.AuthRep, ConformElements.Md5(challenge.Find(ElementId.Challenge) ?? [], secret ?? row.Target.Secret ?? ""));

    /// <summary>A call up to ACCEPT, which is returned.</summary>
    public static async Task<SeenFrame> UntilAccept(this RowContext row, RawDialog dialog, string? extension = null, VoiceFormat formats = VoiceFormat.None)
    {
        if (await row.UntilChallenge(dialog, extension: extension, formats: formats) is { } challenge) row.Prove(dialog, challenge);
        return await row.Expect(dialog, IaxCommand.Accept);
    }

    /// <summary>A call that was answered.</summary>
    public static async Task<RawDialog> Up(this RowContext row, RawWire? wire = null, uint clockAhead = 0, VoiceFormat formats = VoiceFormat.None)
    {
        var dialog = (wire ?? row.Wire).Open();
        dialog.ClockAhead = clockAhead;
        await row.UntilAccept(dialog, formats: formats);
        await row.Expect(dialog, ControlCommand.Answer, 10_000);
        return dialog;
    }

    /// <summary>REGREQ up to REGAUTH, which is returned.</summary>
    public static async Task<SeenFrame> UntilRegAuth(this RowContext row, RawDialog dialog, string? user = null, IaxCommand command = IaxCommand.RegReq)
    {
        string name = user ?? row.Target.User!;
        await row.Request(dialog, command, command == IaxCommand.RegReq ? ConformElements.RegReq(name) : ConformElements.Username(name));
        return await row.Expect(dialog, IaxCommand.RegAuth);
    }

    /// <summary>A whole registration; its REGACK.</summary>
    public static async Task<SeenFrame> Register(this RowContext row, RawDialog dialog)
    {
        var challenge = await row.UntilRegAuth(dialog);
        row.AnswerRegAuth(dialog, challenge, row.Target.Secret!);
        return await row.Expect(dialog, IaxCommand.RegAck);
    }

    public static void AnswerRegAuth(this RowContext row, RawDialog dialog, SeenFrame challenge, string secret, IaxCommand command = IaxCommand.RegReq, string? user = null)
    {
        string name = user ?? row.Target.User!;
        byte[] who = command == IaxCommand.RegReq ? ConformElements.RegReq(name) : ConformElements.Username(name);
        // Stateless servers answer from number 1 and are addressed there.
        dialog.Send(command, [.. who, .. ConformElements.Md5(challenge.Find(ElementId.Challenge) ?? [], secret)], new Deviation { Destination = challenge.SourceCall });
    }
}
