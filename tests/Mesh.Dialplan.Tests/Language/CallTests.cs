using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

public class CallTests
{
    [Theory]
    [InlineData(DialStatus.Busy, HangupCause.UserBusy)]
    [InlineData(DialStatus.NoAnswer, HangupCause.NoAnswer)]
    [InlineData(DialStatus.Rejected, HangupCause.CallRejected)]
    [InlineData(DialStatus.Unreachable, HangupCause.DestinationOutOfOrder)]
    [InlineData(DialStatus.Answered, HangupCause.NormalClearing)]
    public async Task RejectInTheNetworksWords(DialStatus status, HangupCause cause)
    {
        var ended = await Assert.ThrowsAsync<CallEnded>(() => new Call(new FakeCallControl()).Reject(status));
        Assert.Equal(cause, ended.Cause);
    }

    [Theory]
    [InlineData(CallEntry.Carrier, "x", null, null, null)]
    [InlineData(CallEntry.Phone, null, "x", null, null)]
    [InlineData(CallEntry.Site, null, null, "x", null)]
    [InlineData(CallEntry.Peer, null, null, null, "x")]
    public void WhereItCameFrom(CallEntry entry, string? trunk, string? phone, string? site, string? peer)
    {
        var call = new Call(new FakeCallControl { Entry = entry, From = "x" });
        Assert.Equal((trunk, phone, site, peer), (call.FromTrunk, call.FromPhone, call.FromSite, call.FromPeer));
    }

    [Fact]
    public async Task VoicemailOfACallAnotherSitePassedOnIsItsOwners()
    {
        var control = new FakeCallControl { Entry = CallEntry.Site, From = "london" };
        await Assert.ThrowsAsync<CallEnded>(() => new Call(control).Voicemail("301"));
        Assert.Equal(["Note voicemail of 301: left to london, where the call entered", "Reject NoAnswer"], control.Log);
    }

    [Fact]
    public async Task AMenuNobodyAnsweredIsNoKey()
    {
        var control = new FakeCallControl();
        Assert.Equal(Call.NoKey, await new Call(control).Menu("welcome", "12", timeout: 3.Seconds, attempts: 1));
        Assert.Equal(["Menu welcome 12 3 1"], control.Log);
    }

    [Fact]
    public void Durations() => Assert.Equal(
        [TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(2.5), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(90), TimeSpan.FromHours(1)],
        [25.Seconds, 2.5.Seconds, 2.Minutes, 1.5.Minutes, 1.Hours]);

    [Fact]
    public void ARingKeepsItsOrderAndRefusesWhatIsNotSet()
    {
        Endpoint a = new PhoneEndpoint("a"), b = new IaxEndpoint("b", "1");
        Assert.Equal("SIP/a&IAX2/b/1&SIP/a", (a & b & a).ToString());
        Assert.Equal("SIP/a&IAX2/b/1&IAX2/b/1&SIP/a", (a & b & (b & a)).ToString());
        Assert.Throws<DialplanException>(() => a & null!);
    }
}
