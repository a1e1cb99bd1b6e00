using System.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using static Mesh.Host.IaxTester.Conform.RowContext;
using static Mesh.Host.IaxTester.Conform.RowNeeds;

namespace Mesh.Host.IaxTester.Conform.Rows;

/// <summary>RFC 5456 section 6.1: REGREQ, REGAUTH, REGACK, REGREJ, REGREL.</summary>
internal static class RegistrationRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        Row.Must("regreq", "6.1.3", Secret | Registration, "A REGREQ without proof is challenged: REGAUTH with AUTHMETHODS, CHALLENGE and USERNAME", async row =>
        {
            var challenge = await row.UntilRegAuth(row.Open());
            Check(challenge.Elements.AuthMethods is { } methods && methods != AuthenticationMethods.None, "AUTHMETHODS is missing or empty");
            Check(challenge.Find(ElementId.Challenge) is { Length: > 0 }, "CHALLENGE is missing or empty");
            Check(challenge.Elements.Username is not null, "USERNAME is missing");
        }),
        Row.Must("regack", "6.1.4", Secret | Registration, "The right answer to the challenge is answered with REGACK, with USERNAME", async row =>
        {
            var granted = await row.Register(row.Open());
            Check(granted.Elements.Username == row.Target.User, $"USERNAME is '{granted.Elements.Username}'");
        }),
        Row.Must("regack-refresh", "6.1.4", Secret | Registration, "REGACK says for how long: REFRESH of some seconds", async row =>
        {
            var granted = await row.Register(row.Open());
            Check(granted.Elements.Refresh is > 0, "REFRESH is missing or 0");
        }),
        Row.Must("regack-address", "6.1.4", Secret | Registration, "REGACK says where we were seen: APPARENT_ADDR with our port", async row =>
        {
            var granted = await row.Register(row.Open());
            Check(granted.Elements.ApparentAddress is not null, "APPARENT_ADDR is missing or unreadable");
            bool isBehindNat = granted.Elements.ApparentAddress?.SameHost(row.Wire.Local) == false;
            Check(isBehindNat || granted.Elements.ApparentAddress?.Port == row.Wire.Local.Port, $"APPARENT_ADDR is {granted.Elements.ApparentAddress}, we are {row.Wire.Local}");
        }),
        Row.Should("regack-datetime", "6.1.4", Secret | Registration, "REGACK tells the time: DATETIME with a month, day, hour and minute there can be", async row =>
        {
            var granted = await row.Register(row.Open());
            Check(granted.Find(ElementId.DateTime) is { Length: 4 }, "DATETIME is missing");
            uint time = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(granted.Find(ElementId.DateTime));
            var (month, day, hour, minute) = (time >> 21 & 15, time >> 16 & 31, time >> 11 & 31, time >> 5 & 63);
            Check(month is >= 1 and <= 12 && day >= 1 && hour < 24 && minute < 60, $"DATETIME says month {month}, day {day}, {hour}:{minute}");
        }),
        Row.Must("regrej", "6.1.5", Secret | Registration, "A wrong answer to the challenge is refused with REGREJ", async row =>
        {
            var dialog = row.Open();
            var challenge = await row.UntilRegAuth(dialog);
            row.AnswerRegAuth(dialog, challenge, row.Target.Secret + "-wrong");
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.RegRej) || f.Is(IaxCommand.RegAck), "REGREJ");
            Check(answer.Is(IaxCommand.RegRej), "a wrong secret was granted");
        }),
        Row.Should("regrej-cause", "6.1.5", Secret | Registration, "REGREJ says why: CAUSE or CAUSECODE", async row =>
        {
            var dialog = row.Open();
            row.AnswerRegAuth(dialog, await row.UntilRegAuth(dialog), row.Target.Secret + "-wrong");
            var answer = await row.Expect(dialog, IaxCommand.RegRej);
            Check(answer.Elements.Cause is not null || answer.Elements.CauseCode is not null, "neither is there");
        }),
        Row.Must("regreq-unknown", "6.1.5", Secret | Registration, "A name nobody has is refused", async row =>
        {
            var dialog = row.Open();
            await row.Request(dialog, IaxCommand.RegReq, ConformElements.RegReq("nobody-5456"));
            var answer = await row.Expect(dialog, f => f.Is(IaxCommand.RegAuth) || f.Is(IaxCommand.RegRej) || f.Is(IaxCommand.RegAck), "REGAUTH or REGREJ");
            if (answer.Is(IaxCommand.RegAuth))
            {
                row.AnswerRegAuth(dialog, answer, "guess", user: "nobody-5456");
                answer = await row.Expect(dialog, f => f.Is(IaxCommand.RegRej) || f.Is(IaxCommand.RegAck), "REGREJ");
            }
            Check(answer.Is(IaxCommand.RegRej), "a name nobody has was registered");
        }),
        Row.Should("regreq-unknown-alike", "10", Secret | Registration, "A name nobody has is challenged like one that exists, so that names cannot be tried out", async row =>
        {
            var known = await row.UntilRegAuth(row.Open());
            var unknown = row.Open();
            await row.Request(unknown, IaxCommand.RegReq, ConformElements.RegReq("nobody-5456"));
            var answer = await row.Expect(unknown, f => f.Is(IaxCommand.RegAuth) || f.Is(IaxCommand.RegRej), "REGAUTH");
            Check(answer.Is(IaxCommand.RegAuth), "an unknown name is refused at once, a known one is challenged");
            Check(answer.Elements.AuthMethods == known.Elements.AuthMethods, "the methods offered differ");
        }),
        Row.Must("regreq-replay", "10", Secret | Registration, "The answer to an old challenge registers nobody", async row =>
        {
            var first = row.Open();
            var old = await row.UntilRegAuth(first);
            row.AnswerRegAuth(first, old, row.Target.Secret!);
            await row.Expect(first, IaxCommand.RegAck);
            var second = row.AnotherWire().Open();
            var challenge = await row.UntilRegAuth(second);
            byte[] replayed = ConformElements.Md5(old.Find(ElementId.Challenge) ?? [], row.Target.Secret!);
            second.Send(IaxCommand.RegReq, [.. ConformElements.RegReq(row.Target.User!), .. replayed], new Deviation { Destination = challenge.SourceCall });
            Check(await second.Inbox.Next(f => f.Is(IaxCommand.RegAck), row.Target.AnswerMs) is null, "REGACK came");
        }),
        Row.Should("regauth-fresh", "10", Secret | Registration, "Every exchange has a challenge of its own", async row =>
        {
            string one = Text(await row.UntilRegAuth(row.Open())), two = Text(await row.UntilRegAuth(row.Open()));
            Check(one != two, $"two exchanges were given the same challenge, '{one}'");
        }),
        Row.Must("regreq-again", "6.1.1", Secret | Registration, "A registration can be refreshed before it lapses", async row =>
        {
            await row.Register(row.Open());
            await row.Register(row.Open());
        }),
        Row.Must("regack-repeated", "7.2.1", Secret | Registration, "A REGACK that was lost comes again, by the server's own repetition or when the REGREQ is repeated", async row =>
        {
            var dialog = row.Open();
            row.AnswerRegAuth(dialog, await row.UntilRegAuth(dialog), row.Target.Secret!);
            (dialog.Acknowledges, dialog.ShowsRepetitions) = (false, true);
            await row.Expect(dialog, IaxCommand.RegAck);
            var request = row.Wire.Ladder.Last(f => f.IsSent && f.Is(IaxCommand.RegReq));
            row.Wire.Send(Repetition(request));
            await row.Expect(dialog, f => f.Is(IaxCommand.RegAck), "second REGACK", 6_000);
        }),
        Row.Must("regrel", "6.1.6", Secret | Registration, "REGREL with the right answer to its challenge takes the registration back", async row =>
        {
            await row.Register(row.Open());
            var release = row.Open();
            var challenge = await row.UntilRegAuth(release, command: IaxCommand.RegRel);
            row.AnswerRegAuth(release, challenge, row.Target.Secret!, IaxCommand.RegRel);
            await row.Expect(release, IaxCommand.RegAck);
        }),
        Row.Must("regrel-proof", "6.1.6", Secret | Registration, "REGREL without proof takes nothing back", async row =>
        {
            var release = row.Open();
            await row.Request(release, IaxCommand.RegRel, ConformElements.Username(row.Target.User!));
            var answer = await row.Expect(release, f => f.IsSequenced, "REGAUTH or REGREJ");
            Check(!answer.Is(IaxCommand.RegAck), "REGACK came to a REGREL that proved nothing");
        }),
        Row.Must("regreq-nameless", "6.1.2", Registration, "A REGREQ without USERNAME registers nobody, and the server lives", async row =>
        {
            var dialog = row.Open();
            dialog.Repeats = false;
            dialog.Send(IaxCommand.RegReq, ConformElements.WithToken([], []));
            Check(await dialog.Inbox.Next(f => f.Is(IaxCommand.RegAck), row.Target.SilenceMs) is null, "REGACK came");
            await row.StillAlive("a REGREQ without USERNAME");
        }),
        Row.Should("regreq-plaintext", "6.1.3", Secret | Registration, "PASSWORD in clear text is not taken where the challenge demanded MD5", async row =>
        {
            var dialog = row.Open();
            var challenge = await row.UntilRegAuth(dialog);
            Check(challenge.Elements.AuthMethods?.HasFlag(AuthenticationMethods.Plaintext) == false, "AUTHMETHODS offers plaintext");
            byte[] password = ConformElements.Write((ref ElementWriter w) => w.AddText(ElementId.Password, row.Target.Secret!));
            dialog.Send(IaxCommand.RegReq, [.. ConformElements.RegReq(row.Target.User!), .. password], new Deviation { Destination = challenge.SourceCall });
            Check(await dialog.Inbox.Next(f => f.Is(IaxCommand.RegAck), row.Target.AnswerMs) is null, "REGACK came");
        }),
    ];

    /// <summary>The same frame with the R bit.</summary>
    internal static byte[] Repetition(SeenFrame frame)
    {
        byte[] octets = frame.Datagram.ToArray();
        octets[2] |= 0x80;
        return octets;
    }

    private static string Text(SeenFrame challenge) => Encoding.ASCII.GetString(challenge.Find(ElementId.Challenge) ?? []);
}
