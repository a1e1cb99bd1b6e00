using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Hostile;

/// <summary>Floods of forged frames: nothing is kept for them, and who is genuine does not notice.</summary>
public sealed class FloodTests : IDisposable
{
    private readonly IaxPair pair = new();
    private readonly SeededChance chance = new(31);

    private IaxEndpoint Target => pair.Manchester.Endpoint;

    [Fact]
    public void A_million_forged_news_use_no_call_number_and_a_genuine_call_gets_through()
    {
        const int Frames = 1_000_000, Genuine = 400_000;
        // Known and unknown names, without a token, offering to take one, and with a wrong one.
        byte[][] news = [.. from user in (string[])["london", "nobody"]
                            from token in (byte[]?[])[null, [], new byte[CallTokens.TokenLength]]
                            select Forge.New(1, RawPeer.NewOf(user, token))];
        OutgoingIaxCall? call = null;
        for (int i = 0; i < Frames; i++)
        {
            byte[] forged = news[i % news.Length];
            Forge.SetSource(forged, (ushort)(1 + i % 0x7FFE));
            if (i % 3 == 2) chance.Fill(forged.AsSpan(forged.Length - CallTokens.TokenLength));
            // A thousand hosts with a thousand ports each: the wire remembers every pair of hosts.
            pair.Manchester.Deliver(NetAddress.FromIPv4(0x0B000000u + (uint)(i % 1_000), (ushort)(1_024 + i / 1_000)), forged);
            if (i == Genuine) call = pair.London.Place("manchester").Call;
            if (i % 1_000 != 0) continue;
            pair.Run(0.001);
            pair.Datagrams.Clear();
            int genuine = i < Genuine ? 0 : 1;
            Assert.InRange(Target.NumbersInUse, 0, genuine);
            if (i == Genuine + 50_000) Assert.True(call!.IsUp);
        }
        Assert.True(call!.IsUp && pair.Manchester.Received.Single().IsUp);
        Assert.Equal((1, 1), (Target.NumbersInUse, Target.CallCount));
        Assert.Equal((Frames / 3 + 1, Frames / 3), (Target.Counters[DropReason.TokenMissing], Target.Counters[DropReason.TokenInvalid]));
        Assert.Equal(Frames / 3 + 1, Target.Counters.TokensSent);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }

    /// <summary>
    /// From elsewhere with the right numbers; from the right place with the right one of ours and a guess of its own, with all its numbers in turn and none of ours, with two guesses.
    /// </summary>
    [Fact]
    public void A_call_and_its_audio_survive_a_hundred_thousand_forged_frames_each_way()
    {
        var (call, log, voice) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 1));
        var far = pair.Manchester.Received[0];
        var elsewhere = NetAddress.Parse("10.0.0.66:4569");
        var buffer = new byte[Datagram.Headroom + 160];
        const int Forged = 100_000, ForgedPerVoice = 200;
        for (int i = 0; i < Forged; i++)
        {
            if (i % ForgedPerVoice == 0) Speak((uint)(i / ForgedPerVoice));
            AttackOn(pair.Manchester, far.LocalNumber, pair.London.Address, call.LocalNumber, i);
            AttackOn(pair.London, call.LocalNumber, pair.Manchester.Address, far.LocalNumber, i);
        }
        pair.Run(1);

        Assert.True(call.IsUp && far.IsUp);
        Assert.Null(log.Cause);
        foreach (var frames in (List<(uint Timestamp, VoiceFormat Format, byte First, int Length)>[])[voice.Frames, pair.Manchester.ReceivedVoice[0].Frames])
        {
            var genuine = frames.Where(frame => frame.First == 1).ToArray();
            Assert.Equal(Forged / ForgedPerVoice, genuine.Length);
            Assert.All(genuine.Zip(genuine.Skip(1)), two => Assert.Equal(20u, two.Second.Timestamp - two.First.Timestamp));
            // A mini frame is known by 15 bits only: who goes through all of them is heard for 20 ms each time round.
            Assert.InRange(frames.Count - genuine.Length, 0, 1);
        }
        pair.London.Loop.Invoke(() => { call.SendDigit('7', false); call.SendDigit('7', true); });
        pair.Run(1);
        Assert.Equal("7", pair.Manchester.ReceivedLogs[0].Digits);
        Assert.Empty(pair.World.Faults);

        void AttackOn(IaxSite site, ushort ours, NetAddress rightPlace, ushort theirs, int i)
        {
            ushort guess = (ushort)(2 + chance.NextInt32(0x7FFD)), inTurn = (ushort)(2 + i / 7 % 0x7FFD);
            if (guess == theirs) guess ^= 1;
            byte o = (byte)chance.NextInt32(256), isq = (byte)chance.NextInt32(256);
            var command = (i % 6) switch
            {
                0 or 1 => IaxCommand.Hangup, 2 => IaxCommand.Accept, 3 => IaxCommand.Inval, 4 => IaxCommand.Reject, _ => IaxCommand.CallToken,
            };
            switch (i % 7)
            {
                case 0: site.Deliver(elsewhere, Forge.Frame(command, theirs, ours, (uint)i, o, isq)); break;
                case 1: site.Deliver(rightPlace, Forge.Frame(command, guess, ours, (uint)i, o, isq)); break;
                case 2: site.Deliver(rightPlace, Forge.Frame(command, inTurn, 0, (uint)i, o, isq)); break;
                case 3: site.Deliver(rightPlace, Forge.Frame(command, guess, (ushort)(guess ^ 0x55), (uint)i, o, isq)); break;
                case 4: site.Deliver(elsewhere, Forge.Mini(theirs, (ushort)i)); break;
                case 5: site.Deliver(rightPlace, Forge.Mini(inTurn, (ushort)chance.NextInt32(0x10000))); break;
                default: site.Deliver(rightPlace, Forge.Frame(FrameType.DtmfEnd, (byte)'9', inTurn, 0, (uint)i, o, isq)); break;
            }
        }

        void Speak(uint at)
        {
            pair.London.Loop.Invoke(() => { buffer[Datagram.Headroom] = 1; call.SendVoice(VoiceFormat.Alaw, at * 20, buffer, Datagram.Headroom, 160); });
            pair.Manchester.Loop.Invoke(() => { buffer[Datagram.Headroom] = 1; far.SendVoice(VoiceFormat.Alaw, at * 20, buffer, Datagram.Headroom, 160); });
            pair.Run(0.02);
            pair.Datagrams.Clear();
        }
    }

    public void Dispose() => pair.Dispose();
}
