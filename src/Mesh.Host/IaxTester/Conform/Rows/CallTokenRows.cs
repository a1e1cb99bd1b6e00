using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>Call tokens: not in RFC 5456, but in every Asterisk since AST-2009-006.</summary>
internal static class CallTokenRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("token", "field", CallTokens, "A NEW with an empty CALLTOKEN element is answered with a CALLTOKEN that has a token", async row =>
        {
            var token = await Demanded(row, row.Open(), IaxCommand.New);
            Check(token.Find(ElementId.CallToken) is { Length: > 0 }, "it has no token");
        }),
        Row.Must("token-header", "field", CallTokens, "That answer carries the request's time stamp, OSeqno 0 and ISeqno 1", async row =>
        {
            var dialog = row.Open();
            var token = await Demanded(row, dialog, IaxCommand.New);
            var request = row.Wire.Ladder.First(f => f.IsSent);
            Check(token.Timestamp == request.Timestamp, $"the time stamp is {token.Timestamp}, the NEW's was {request.Timestamp}");
            Check(token.OutSequence == 0 && token.InSequence == 1, $"it has OSeqno {token.OutSequence} and ISeqno {token.InSequence}");
        }),
        Row.Must("token-regreq", "field", CallTokens, "A REGREQ with an empty CALLTOKEN element is answered with a CALLTOKEN", async row => await Demanded(row, row.Open(), IaxCommand.RegReq)),
        Row.Must("token-taken", "field", CallTokens | Call, "The NEW that brings the token is taken up", async row =>
        {
            var dialog = row.Open();
            Check(await row.UntilChallenge(dialog) is not null || await dialog.Inbox.Next(f => f.Is(IaxCommand.Accept), 100) is not null, "it was refused");
        }),
        Row.Must("token-wrong", "field", CallTokens | Call, "A NEW with a token that was made up is not taken up", row => NotTaken(row, row.Wire, _ => "1767225600?0123456789012345678901234567890123456789"u8.ToArray())),
        Row.Must("token-changed", "field", CallTokens | Call, "A NEW with a token that was changed is not taken up", row => NotTaken(row, row.Wire, token =>
        {
            byte[] changed = [.. token];
            changed[^1] ^= 1;
            return changed;
        })),
        Row.Must("token-other-port", "field", CallTokens | Call, "A token given to one port is worth nothing from another", row =>
        {
            // The first socket is the one that gets the token.
            _ = row.Wire;
            return NotTaken(row, row.AnotherWire(), token => token);
        }),
        Row.Should("token-missing", "field", CallTokens | Call, "A NEW without CALLTOKEN element, from an address that proved nothing, is not taken up", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.New, ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format));
            var answer = await dialog.Inbox.Next(f => f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept), row.Target.AnswerMs);
            Check(answer is null, $"{(answer is null ? "" : FrameNames.Of(answer))} came");
        }),
        Row.Should("token-small", "field", CallTokens, "The CALLTOKEN is not larger than the NEW it answers: nobody can be flooded with it", async row =>
        {
            var token = await Demanded(row, row.Open(), IaxCommand.New);
            int sent = row.Wire.Ladder.First(f => f.IsSent).Length;
            Check(token.Length <= sent, $"{token.Length} octets came for {sent}");
        }),
        Row.Must("token-unasked", "field", CallTokens, "A request without the element is never answered with a CALLTOKEN: old clients would hang", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.New, ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format));
            dialog.Send(IaxCommand.RegReq, ConformElements.RegReq(row.Target.User ?? "nobody-5456"), new Deviation { OutSequence = 0, Source = (ushort)(dialog.LocalNumber ^ 1) });
            await row.Pause(row.Target.SilenceMs);
            Check(!row.Wire.Ladder.Any(f => !f.IsSent && f.Is(IaxCommand.CallToken)), "a CALLTOKEN came");
        }),
    ];

    private static async Task<SeenFrame> Demanded(RowContext row, RawDialog dialog, IaxCommand command)
    {
        string user = row.Target.User ?? "nobody-5456";
        byte[] elements = command == IaxCommand.New ? ConformElements.New(row.Target.Extension, user, row.Target.Format) : ConformElements.RegReq(user);
        dialog.Send(command, ConformElements.WithToken(elements, []));
        return await row.Expect(dialog, IaxCommand.CallToken);
    }

    /// <summary>A token from the first port, changed, does not bring a call from <paramref name="wire"/>.</summary>
    private static async Task NotTaken(RowContext row, RawWire wire, Func<byte[], byte[]> change)
    {
        var first = row.Wire.Open();
        var token = await Demanded(row, first, IaxCommand.New);
        var second = wire.Open();
        second.Repeats = false;
        byte[] plain = ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format);
        second.Send(IaxCommand.New, ConformElements.WithToken(plain, change(token.Find(ElementId.CallToken) ?? [])));
        var answer = await second.Inbox.Next(f => f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept), row.Target.AnswerMs);
        Check(answer is null, $"{(answer is null ? "" : FrameNames.Of(answer))} came");
    }
}
