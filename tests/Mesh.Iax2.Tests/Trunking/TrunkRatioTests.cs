using Mesh.Iax2.Tests.Support;
using Mesh.Iax2.Trunking;

namespace Mesh.Iax2.Tests.Trunking;

/// <summary>
/// What a trunk saves, counted on the wire: 100 calls of G.711, 20 ms a frame, one direction, one second.
/// Octets are those of Ethernet frames: 14 of header, 4 of check sequence, 20 of IPv4, 8 of UDP. On layer 3 alone no trunk can save more than 18 % of RTP's 200 octets, for
/// the voice itself is 160 and an entry's header 4.
/// </summary>
public class TrunkRatioTests
{
    private const int Calls = 100, Rounds = 50, Ethernet = 18, Layer3 = 28, RtpHeader = 12;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 19)]
    [InlineData(false, 0)]
    [InlineData(false, 19)]
    public void A_hundred_calls_take_6_5_times_fewer_datagrams_than_mini_frames_and_19_percent_fewer_octets_than_rtp(bool timed, double spreadMs)
    {
        var (minis, _) = Measure(null, spreadMs);
        var (datagrams, octets) = Measure(new TrunkOptions { WithTimestamps = timed }, spreadMs);
        Assert.Equal(Calls * Rounds, minis);
        Assert.True((double)minis / datagrams >= 6.5, $"{minis} mini frames, {datagrams} trunk frames");
        long rtp = Calls * Rounds * (Ethernet + Layer3 + RtpHeader + 160L), trunk = octets + datagrams * (Ethernet + Layer3);
        Assert.True(trunk <= 0.81 * rtp, $"{trunk} octets against RTP's {rtp}");
        // Layer 3, as the published tables have it.
        Assert.InRange(1 - (octets + datagrams * (double)Layer3) / (Calls * Rounds * 200), timed ? 0.135 : 0.145, 0.18);
    }

    /// <summary>As our own sites have it: eight frames a datagram, and 24 octets of seal around each.</summary>
    [Fact]
    public void The_same_holds_between_our_sites_with_the_seal()
    {
        var (datagrams, octets) = Measure(new TrunkOptions { Mtu = 1_340 }, 19);
        long rtp = Calls * Rounds * (Ethernet + Layer3 + RtpHeader + 160L), trunk = octets + datagrams * (Ethernet + Layer3 + Iax2.Sealing.SealFormat.Overhead);
        Assert.True(trunk <= 0.81 * rtp && datagrams * 6.5 <= Calls * Rounds, $"{trunk} octets in {datagrams} datagrams against RTP's {rtp}");
    }

    private static (long Datagrams, long Octets) Measure(TrunkOptions? options, double spreadMs)
    {
        using var trunk = new TrunkPair(Calls, options);
        trunk.Speak(5, spreadMs);
        int from = trunk.Pair.Datagrams.Count;
        trunk.Speak(Rounds, spreadMs);
        var voice = trunk.Sent(from).Where(d => TrunkPair.IsTrunk(d) || TrunkPair.IsMini(d)).ToList();
        long heard = trunk.Calls.Sum(call => trunk.Heard(call).Frames.Count);
        Assert.InRange(heard, Calls * (Rounds + 4), Calls * (Rounds + 5));
        return (voice.Count, voice.Sum(d => d.Payload.Length));
    }
}
