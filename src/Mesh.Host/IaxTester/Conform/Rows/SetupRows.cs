using System.Numerics;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 6.2 and 6.3: NEW to ANSWER.</summary>
internal static class SetupRows
{
    /// <summary>A media format bit nobody has given a meaning.</summary>
    private const VoiceFormat Unassigned = (VoiceFormat)(1UL << 30);

    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("new", "6.2.2", Call, "A NEW with VERSION 2 for a number that exists is taken up", async row => await row.UntilAccept(row.Open())),
        Row.Must("new-version", "6.2.2", Nothing, "A NEW of another protocol VERSION is refused", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            await row.Request(dialog, IaxCommand.New, ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format, version: 3));
            var answer = await dialog.Inbox.Next(f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept), row.Target.AnswerMs);
            Check(answer is not null, "nothing came: the caller waits for ever");
            Check(answer.Is(IaxCommand.Reject) || answer.Is(IaxCommand.Hangup), $"VERSION 3 was answered with {FrameNames.Of(answer)}");
        }),
        Row.Must("new-numbers", "6.2.2", Call, "The answer to NEW is addressed to our call number, from a number above 1 that stays the same", async row =>
        {
            var call = await row.Up();
            var sources = call.InOrder.Select(f => f.SourceCall).Distinct().ToList();
            Check(sources is [> 1], $"the frames of one call came from {string.Join(", ", sources)}");
            Check(call.InOrder.TrueForAll(f => f.DestinationCall == call.LocalNumber), "a frame was addressed to another number");
        }),
        Row.Must("accept-format", "6.2.3", Call, "ACCEPT names exactly one FORMAT, one of those offered", async row =>
        {
            const VoiceFormat Offered = VoiceFormat.Ulaw | VoiceFormat.Alaw;
            var accept = await row.UntilAccept(row.Open(), formats: Offered);
            Check(accept.Elements.Format is not null, "FORMAT is missing");
            ulong chosen = (ulong)accept.Elements.Format.Value;
            Check(BitOperations.PopCount(chosen) == 1 && (chosen & (ulong)Offered) != 0, $"FORMAT is {ElementText.Value(ElementId.Format, accept.Find(ElementId.Format))}");
        }),
        Row.Must("new-format-only", "6.2.2", Call, "A NEW with FORMAT but no CAPABILITY is taken at its FORMAT", async row =>
        {
            var dialog = row.Open();
            byte[] plain = ConformElements.Write((ref ElementWriter w) =>
            {
                w.AddUInt16(ElementId.Version, 2);
                w.AddText(ElementId.CalledNumber, row.Target.Extension);
                w.AddOptionalText(ElementId.Username, row.Target.User);
                w.AddUInt32(ElementId.Format, (uint)row.Target.Format);
            });
            await row.Request(dialog, IaxCommand.New, plain);
            if (await row.Expect(dialog, f => f.Is(IaxCommand.AuthReq) || f.Is(IaxCommand.Accept), "AUTHREQ") is var first && first.Is(IaxCommand.AuthReq)) row.Prove(dialog, first);
            else dialog.Inbox.Arrived(first);
            var accept = await row.Expect(dialog, IaxCommand.Accept);
            Check(accept.Elements.Format == row.Target.Format, $"ACCEPT chose {accept.Elements.Format}");
        }),
        Row.Must("new-no-codec", "6.2.4", Call, "A NEW without a format in common is refused with REJECT", async row =>
        {
            var dialog = row.Open();
            if (await row.UntilChallenge(dialog, formats: Unassigned) is { } challenge) row.Prove(dialog, challenge);
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.Accept), "REJECT");
            Check(!answer.Is(IaxCommand.Accept), "ACCEPT came");
        }),
        Row.Should("new-no-codec-cause", "6.2.4", Call, "That refusal says CAUSECODE 58, bearer capability not available", async row =>
        {
            var dialog = row.Open();
            if (await row.UntilChallenge(dialog, formats: Unassigned) is { } challenge) row.Prove(dialog, challenge);
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup), "REJECT");
            Check(answer.Elements.CauseCode == 58, $"CAUSECODE is {answer.Elements.CauseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}");
        }),
        Row.Must("new-unknown-number", "6.2.4", Call, "A call to a number nobody has ends with REJECT or HANGUP, and never rings or answers", async row =>
        {
            var dialog = row.Open();
            if (await row.UntilChallenge(dialog, extension: row.Target.UnknownExtension) is { } challenge) row.Prove(dialog, challenge);
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(ControlCommand.Answer) || f.Is(ControlCommand.Ringing), "REJECT or HANGUP", 6_000);
            Check(answer.Type == FrameType.Iax, $"{FrameNames.Of(answer)} came");
        }),
        Row.Should("new-unknown-number-cause", "6.2.4", Call, "That end says CAUSECODE 1 or 3", async row =>
        {
            var dialog = row.Open();
            if (await row.UntilChallenge(dialog, extension: row.Target.UnknownExtension) is { } challenge) row.Prove(dialog, challenge);
            var end = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup), "REJECT or HANGUP", 6_000);
            Check(end.Elements.CauseCode is 1 or 3, $"CAUSECODE is {end.Elements.CauseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}");
        }),
        Row.Must("new-repeated", "7", Call, "A NEW that arrives twice makes one call", async row =>
        {
            var dialog = row.Open();
            await row.Request(dialog, IaxCommand.New, ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format));
            var last = row.Wire.Ladder.Last(f => f.IsSent && f.Is(IaxCommand.New));
            row.Wire.Send(RegistrationRows.Repetition(last));
            row.Wire.Send(RegistrationRows.Repetition(last));
            await row.Pause(row.Target.AnswerMs);
            var numbers = row.Wire.Ladder.Where(f => !f.IsSent && f.IsFull && f.SourceCall > 1 && f.IsSequenced).Select(f => f.SourceCall).Distinct().ToList();
            Check(numbers.Count == 1, $"the server answered from {numbers.Count} call numbers: {string.Join(", ", numbers)}");
        }),
        Row.Must("accept-first", "6.3.1", Call, "No voice and no progress comes before ACCEPT", async row =>
        {
            var call = await row.Up();
            var early = call.InOrder.TakeWhile(f => !f.Is(IaxCommand.Accept)).FirstOrDefault(f => f.Type != FrameType.Iax);
            Check(early is null, $"{(early is null ? "" : FrameNames.Of(early))} came before ACCEPT");
        }),
        Row.Must("answer", "6.3.4", Call, "A number that answers is announced with one CONTROL ANSWER", async row =>
        {
            var call = await row.Up();
            await row.ExpectNone(call.Inbox, f => f.Is(ControlCommand.Answer), "the call was answered before");
        }),
        Row.Must("two-calls", "6.2.1", Call, "Two calls from one address are two calls: the end of one leaves the other", async row =>
        {
            var one = await row.Up();
            var two = await row.Up();
            Check(one.RemoteNumber != two.RemoteNumber, "both have the same call number at the server");
            one.Send(IaxCommand.Hangup, ConformElements.Cause(16));
            await row.Pause(row.Target.SilenceMs);
            await row.StillUp(two, "the other call's HANGUP");
        }),
        Row.Must("same-number-two-ports", "6.2.1", Call, "The same call number from two ports is two calls", async row =>
        {
            var one = row.Wire.Open(0x4321);
            await row.UntilAccept(one);
            var two = row.AnotherWire().Open(0x4321);
            await row.UntilAccept(two);
            await row.StillUp(one, "a call from another port with the same number");
            await row.StillUp(two, "a call from another port with the same number");
        }),
        Row.Must("accept-acknowledged", "6.2.3", Call, "ACCEPT is not sent again once it is acknowledged", async row =>
        {
            var dialog = row.Open();
            dialog.ShowsRepetitions = true;
            await row.UntilAccept(dialog);
            await row.ExpectNone(dialog.Inbox, f => f.Is(IaxCommand.Accept), "ACCEPT was acknowledged", 3_000);
        }),
    ];
}
