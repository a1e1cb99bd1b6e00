using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Calls;

public class CodecNegotiationTests
{
    private static readonly VoiceFormat[] Own = [VoiceFormat.Opus, VoiceFormat.Alaw, VoiceFormat.Ulaw, VoiceFormat.Slin];

    [Theory]
    // Our order first; the caller's; what it asks for, and if that is nothing of ours the best; what it asks for or nothing.
    [InlineData(CodecPriority.Host, "DHE", VoiceFormat.Slin, VoiceFormat.Alaw)]
    [InlineData(CodecPriority.Caller, "DHE", VoiceFormat.Slin, VoiceFormat.Ulaw)]
    [InlineData(CodecPriority.Caller, "HD", VoiceFormat.Slin, VoiceFormat.Slin)]
    [InlineData(CodecPriority.Caller, null, VoiceFormat.Slin, VoiceFormat.Alaw)]
    [InlineData(CodecPriority.Caller, "CJ", VoiceFormat.Slin, VoiceFormat.Alaw)]
    [InlineData(CodecPriority.Disabled, "DHE", VoiceFormat.Slin, VoiceFormat.Slin)]
    [InlineData(CodecPriority.Disabled, "DHE", VoiceFormat.Gsm, VoiceFormat.Ulaw)]
    [InlineData(CodecPriority.RequestedOnly, "DHE", VoiceFormat.Slin, VoiceFormat.Slin)]
    [InlineData(CodecPriority.RequestedOnly, "DHE", VoiceFormat.Gsm, VoiceFormat.None)]
    public void Whose_wish_counts_is_a_matter_of_priority(CodecPriority priority, string? preferences, VoiceFormat format, VoiceFormat chosen)
    {
        var request = Request(preferences, format, VoiceFormat.Ulaw | VoiceFormat.Alaw | VoiceFormat.Slin | VoiceFormat.Gsm);
        Assert.Equal(chosen, CodecNegotiation.Choose(Own, priority, request));
    }

    [Fact]
    public void A_caller_without_a_capability_can_do_the_format_it_asks_for()
    {
        var request = Request(null, VoiceFormat.Ulaw, null);
        Assert.All(Enum.GetValues<CodecPriority>(), priority => Assert.Equal(VoiceFormat.Ulaw, CodecNegotiation.Choose(Own, priority, request)));
    }

    [Fact]
    public void The_64_bits_count_where_both_sizes_are_said()
    {
        var request = Read((ref w) =>
        {
            w.AddUInt32(ElementId.Capability, (uint)VoiceFormat.Ulaw);
            w.AddFormats(ElementId.Capability, ElementId.Capability2, VoiceFormat.Opus);
            w.AddUInt32(ElementId.Capability, (uint)VoiceFormat.Ulaw);
            // A version of the future is passed over.
            w.Add(ElementId.Format2, [1, 0, 0, 0, 0, 0, 0, 0, 8]);
        });
        Assert.Equal(VoiceFormat.Opus, CodecNegotiation.Choose(Own, CodecPriority.Host, request));
        Assert.Null(request.Format);
    }

    [Fact]
    public void Nothing_in_common_is_nothing() =>
        Assert.All(Enum.GetValues<CodecPriority>(), priority => Assert.Equal(VoiceFormat.None, CodecNegotiation.Choose(Own, priority, Request("J", VoiceFormat.G729, VoiceFormat.G729))));

    [Fact]
    public void Every_audio_format_has_a_letter_that_means_it()
    {
        var all = Enum.GetValues<VoiceFormat>().Where(format => format.IsOneAudioFormat()).ToArray();
        Assert.Equal(all, VoiceFormats.ToPreferences(all).Select(VoiceFormats.FromPreferenceLetter));
    }

    private static Elements Request(string? preferences, VoiceFormat format, VoiceFormat? capability) => Read((ref w) =>
    {
        w.AddOptionalText(ElementId.CodecPreferences, preferences);
        w.AddFormats(ElementId.Format, ElementId.Format2, format);
        if (capability is { } able) w.AddFormats(ElementId.Capability, ElementId.Capability2, able);
    });

    private static Elements Read(RawPeer.Fill fill)
    {
        Assert.True(Elements.TryRead(RawPeer.Write(fill), out var elements));
        return elements;
    }
}
