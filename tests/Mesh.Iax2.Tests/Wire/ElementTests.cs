using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Wire;

public class ElementTests
{
    [Theory]
    [InlineData("0b")]
    [InlineData("0b050002")]
    [InlineData("0103313030 34ff41")]
    public void An_element_past_the_end_makes_the_frame_undecodable(string hex)
    {
        Assert.False(ElementReader.IsWellFormed(Hex.Parse(hex)));
        Assert.False(Elements.TryRead(Hex.Parse(hex), out _));
    }

    [Fact]
    public void Unknown_elements_are_skipped_wrong_sizes_ignored_the_last_of_a_name_wins()
    {
        Assert.True(Elements.TryRead(Hex.Parse("fe03aabbcc 0b03000002 0b020002 13010a 0103313030 0103323030"), out var elements));
        Assert.Equal<ushort?>(2, elements.Version);
        Assert.Null(elements.Refresh);
        Assert.Equal("200", elements.CalledNumber);
    }

    [Fact]
    public void Text_ends_at_its_first_nul()
    {
        Assert.True(Elements.TryRead(Hex.Parse("0105 31303000ff"), out var elements));
        Assert.Equal("100", elements.CalledNumber);
    }

    [Fact]
    public void Format2_wins_and_an_unknown_version_of_it_does_not()
    {
        Assert.True(Elements.TryRead(Hex.Parse("090400000004 3809000000000400000000"), out var elements));
        Assert.Equal(VoiceFormat.Opus, elements.Format);
        Assert.True(Elements.TryRead(Hex.Parse("090400000004 3809010000000400000000"), out elements));
        Assert.Equal(VoiceFormat.Ulaw, elements.Format);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(246)]
    [InlineData(247)]
    [InlineData(248)]
    [InlineData(600)]
    public void A_long_variable_is_split_and_joined(int length)
    {
        string value = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26))) + "=é";
        var writer = new ElementWriter(new byte[1024]);
        writer.AddVariable("MESHHOP", value);
        writer.AddVariable("OTHER", "");
        Assert.False(writer.Overflowed);
        Assert.True(Elements.TryRead(writer.Written, out var elements));
        Assert.Equal([new IaxVariable("MESHHOP", value), new IaxVariable("OTHER", "")], elements.Variables);
    }

    [Fact]
    public void A_variable_without_equals_has_an_empty_value()
    {
        Assert.True(Elements.TryRead([0x34, 3, (byte)'a', (byte)'b', (byte)'c'], out var elements));
        Assert.Equal([new IaxVariable("abc", "")], elements.Variables);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_said()
    {
        var writer = new ElementWriter(new byte[8]);
        writer.AddText(ElementId.CalledNumber, "1000");
        writer.AddText(ElementId.Dnid, "1000");
        Assert.True(writer.Overflowed);
        Assert.Equal(6, writer.Length);
    }

    [Theory]
    [InlineData("192.0.2.10:4569", 16)]
    [InlineData("[2001:db8::1]:4570", 28)]
    public void An_apparent_address_is_written_and_read(string text, int length)
    {
        var data = new byte[28];
        Assert.Equal(length, ApparentAddress.Write(data, NetAddress.Parse(text)));
        Assert.True(ApparentAddress.TryRead(data.AsSpan(0, length), out var address));
        Assert.Equal(text, address.ToString());
        Assert.False(ApparentAddress.TryRead(data.AsSpan(0, 15), out _));
    }

    [Theory]
    [InlineData(4, 0x04)]
    [InlineData(0x40, 0x40)]
    [InlineData(0x80, 0x87)]
    [InlineData(0x100, 0x88)]
    [InlineData(0x1000, 0x8C)]
    [InlineData(0x4_0000_0000, 0xA2)]
    [InlineData(-1, 0xFF)]
    public void Subclasses_are_compressed(long value, byte octet)
    {
        Assert.True(SubclassCoding.TryEncode(value, out byte encoded));
        Assert.Equal(octet, encoded);
        Assert.Equal(value, SubclassCoding.Decode(octet));
    }

    [Fact]
    public void Both_spellings_of_a_small_power_are_read() => Assert.Equal(4, SubclassCoding.Decode(0x82));

    [Fact]
    public void Several_bits_cannot_be_a_subclass() => Assert.False(SubclassCoding.TryEncode(0x180, out _));

    [Theory]
    [InlineData("8123", DatagramKind.TooShort)]
    [InlineData("812300", DatagramKind.TooShort)]
    [InlineData("812300000000000f000006", DatagramKind.TooShort)]
    [InlineData("812300000000000f0000060b", DatagramKind.Full)]
    [InlineData("0000812300", DatagramKind.TooShort)]
    [InlineData("000081230000", DatagramKind.MiniVideo)]
    [InlineData("000001", DatagramKind.TooShort)]
    [InlineData("00000100000000", DatagramKind.TooShort)]
    [InlineData("0000010000000028", DatagramKind.Trunk)]
    [InlineData("0000020000000000", DatagramKind.UnknownMeta)]
    [InlineData("12340a00", DatagramKind.Mini)]
    public void Datagrams_are_told_apart(string hex, DatagramKind kind) => Assert.Equal(kind, Demultiplexer.Classify(Hex.Parse(hex)));

    [Fact]
    public void A_trunk_entry_past_the_end_ends_the_frame()
    {
        Assert.True(TrunkFrame.TryRead(Hex.Parse("0000010000000028400100ff00"), out var trunk));
        Assert.False(trunk.MoveNext());
        Assert.True(trunk.IsTruncated);
    }
}
