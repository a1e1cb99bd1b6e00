using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 sections 6.2.6 and 6.2.7: AUTHREQ and AUTHREP.</summary>
internal static class AuthenticationRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("authreq", "6.2.7", Call | Secret, "A NEW of a user with a secret is challenged: AUTHREQ with AUTHMETHODS, CHALLENGE and USERNAME", async row =>
        {
            var challenge = await row.UntilChallenge(row.Open());
            Check(challenge is not null, "the call was not challenged");
            Check(challenge.Elements.AuthMethods is { } methods && methods != AuthenticationMethods.None, "AUTHMETHODS is missing or empty");
            Check(challenge.Find(ElementId.Challenge) is { Length: > 0 }, "CHALLENGE is missing or empty");
            Check(challenge.Elements.Username is not null, "USERNAME is missing");
        }),
        Row.Must("authrep", "6.2.6", Call | Secret, "The right MD5_RESULT is answered with ACCEPT", async row => await row.UntilAccept(row.Open())),
        Row.Must("authrep-wrong", "6.2.6", Call | Secret, "A wrong MD5_RESULT is answered with REJECT", async row =>
        {
            var dialog = row.Open();
            row.Prove(dialog, await Challenged(row, dialog), row.Target.Secret + "-wrong");
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.Accept), "REJECT");
            Check(!answer.Is(IaxCommand.Accept), "a wrong secret was accepted");
        }),
        Row.Should("authrep-wrong-cause", "6.2.4", Call | Secret, "That REJECT says why: CAUSE or CAUSECODE", async row =>
        {
            var dialog = row.Open();
            row.Prove(dialog, await Challenged(row, dialog), row.Target.Secret + "-wrong");
            var answer = await row.Expect(dialog, IaxCommand.Reject);
            Check(answer.Elements.Cause is not null || answer.Elements.CauseCode is not null, "neither is there");
        }),
        Row.Must("authrep-empty", "6.2.6", Call | Secret, "An AUTHREP without any proof is not accepted", async row =>
        {
            var dialog = row.Open();
            await Challenged(row, dialog);
            dialog.Send(IaxCommand.AuthRep);
            Check(await dialog.Inbox.Next(f => f.Is(IaxCommand.Accept), row.Target.AnswerMs) is null, "ACCEPT came");
        }),
        Row.Must("authrep-replay", "10", Call | Secret, "The answer to another call's challenge is not accepted", async row =>
        {
            var first = row.Open();
            var old = await Challenged(row, first);
            row.Prove(first, old);
            await row.Expect(first, IaxCommand.Accept);
            var second = row.Open();
            await Challenged(row, second);
            row.Prove(second, old);
            Check(await second.Inbox.Next(f => f.Is(IaxCommand.Accept), row.Target.AnswerMs) is null, "ACCEPT came");
        }),
        Row.Must("authreq-fresh", "10", Call | Secret, "Every call has a challenge of its own", async row =>
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (int i = 0; i < 4; i++)
                Check(seen.Add(Convert.ToHexString((await Challenged(row, row.Open())).Find(ElementId.Challenge) ?? [])), "two calls were given the same challenge");
        }),
        Row.Must("new-unknown-user", "6.2.4", Call | Secret, "A user nobody has is not let in", async row =>
        {
            var dialog = row.Open();
            var challenge = await row.UntilChallenge(dialog, user: "nobody-5456");
            if (challenge is not null) row.Prove(dialog, challenge, "guess");
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.Reject) || f.Is(IaxCommand.Hangup) || f.Is(IaxCommand.Accept), "REJECT");
            Check(!answer.Is(IaxCommand.Accept), "ACCEPT came");
        }),
        Row.Should("new-unknown-user-alike", "10", Call | Secret, "A user nobody has is challenged like one that exists, so that names cannot be tried out", async row =>
        {
            var known = await Challenged(row, row.Open());
            var unknown = await row.UntilChallenge(row.Open(), user: "nobody-5456");
            Check(unknown is not null, "an unknown user is refused at once, a known one is challenged");
            Check(unknown.Elements.AuthMethods == known.Elements.AuthMethods, "the methods offered differ");
        }),
        Row.Should("authreq-no-plaintext", "6.2.7", Call | Secret, "AUTHREQ does not offer the plaintext method", async row =>
        {
            var challenge = await Challenged(row, row.Open());
            Check(challenge.Elements.AuthMethods?.HasFlag(AuthenticationMethods.Plaintext) == false, "AUTHMETHODS has plaintext");
        }),
        Row.Must("encryption-offered", "8.1.4", Call | Secret, "A NEW that offers AES-128 is challenged; the ENCRYPTION of its AUTHREQ, if any, is a method that was offered", async row =>
        {
            var dialog = row.Open();
            byte[] offer = ConformElements.Write((ref ElementWriter w) => w.AddUInt16(ElementId.Encryption, 1));
            await row.Request(dialog, IaxCommand.New, [.. ConformElements.New(row.Target.Extension, row.Target.User, row.Target.Format), .. offer]);
            var challenge = await row.Expect(dialog, IaxCommand.AuthReq);
            Check(challenge.Elements.Encryption is null or 1, $"ENCRYPTION is {challenge.Elements.Encryption}");
        }),
        Row.Must("authrep-unasked", "6.2.6", Call | Secret, "A second AUTHREP in a call that is up changes nothing", async row =>
        {
            var call = await row.Up();
            call.Send(IaxCommand.AuthRep, ConformElements.Md5([1, 2, 3], "whatever"));
            await row.StillUp(call, "an AUTHREP nobody asked for");
        }),
    ];

    private static async Task<Raw.SeenFrame> Challenged(RowContext row, Raw.RawDialog dialog) =>
        await row.UntilChallenge(dialog) ?? throw new RequirementNotMet("the call was not challenged");
}
