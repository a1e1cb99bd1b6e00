namespace Mesh.Media.Tests.Rtp;

public sealed class RtpHeaderTests
{
    [Fact]
    public void Written_is_read_again()
    {
        var header = new RtpHeader(101, Marker: true, 65535, 0xFEDCBA98, 0x12345678);
        var packet = new byte[RtpHeader.Size + 3];
        header.Write(packet);
        Assert.True(RtpHeader.TryRead(packet, out var read, out int start, out int length));
        Assert.Equal((header, 12, 3), (read, start, length));
        Assert.Equal(new byte[] { 0x80, 0xE5, 0xFF, 0xFF, 0xFE, 0xDC, 0xBA, 0x98, 0x12, 0x34, 0x56, 0x78 }, packet[..12]);
    }

    [Fact]
    public void Contributing_sources_extension_and_padding_are_stepped_over()
    {
        // CC = 2, X with one word, 4 octets of audio, 3 of padding.
        byte[] packet = [0xB2, 8, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, 5, 6, 7, 8, 0, 0, 3];
        Assert.True(RtpHeader.TryRead(packet, out var header, out int start, out int length));
        Assert.Equal((28, 4, 8), (start, length, (int)header.PayloadType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80 08 00 01 00 00 00 02 00 00 00")]                   // one octet short
    [InlineData("40 08 00 01 00 00 00 02 00 00 00 03")]                // version 1
    [InlineData("00 01 00 00 21 12 A4 42 00 00 00 00 00 00 00 00 00 00 00 00")] // STUN
    [InlineData("80 C8 00 06 00 00 00 02 00 00 00 03")]                // RTCP on the RTP port
    [InlineData("82 08 00 01 00 00 00 02 00 00 00 03 00 00 00 00")]    // two contributing sources announced, one there
    [InlineData("90 08 00 01 00 00 00 02 00 00 00 03 BE DE")]          // extension cut
    [InlineData("90 08 00 01 00 00 00 02 00 00 00 03 BE DE 00 09")]    // extension longer than the packet
    [InlineData("A0 08 00 01 00 00 00 02 00 00 00 03 01 02 03 00")]    // padding of nothing
    [InlineData("A0 08 00 01 00 00 00 02 00 00 00 03 01 02 03 09")]    // padding longer than the payload
    public void Everything_else_is_refused(string hex)
    {
        var packet = Convert.FromHexString(hex.Replace(" ", ""));
        Assert.False(RtpHeader.TryRead(packet, out _, out _, out _));
    }

    [Fact]
    public void No_input_makes_it_throw_or_point_outside()
    {
        var chance = new SeededChance(7);
        var packet = new byte[64];
        for (int i = 0; i < 200_000; i++)
        {
            chance.Fill(packet);
            var cut = packet.AsSpan(0, chance.NextInt32(65));
            if (cut.Length > 0 && (i & 1) == 0) cut[0] = (byte)(0x80 | cut[0] & 0x3F);
            if (RtpHeader.TryRead(cut, out _, out int start, out int length)) Assert.InRange(start + length, 12, cut.Length);
        }
    }
}
