using Mesh.Host.IaxTester.Commands;
using Mesh.Host.IaxTester.Raw;
using Mesh.Host.IaxTester.Scenario;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.IaxTester;

public class FrameWordTests
{
    [Fact]
    public void Every_frame_can_be_named_and_read_again()
    {
        for (int type = 0; type < 32; type++)
            for (int octet = 0; octet < 256; octet++)
            {
                string word = FrameNames.Of((FrameType)type, (byte)octet);
                if (!FrameNames.TryParse(word, out var name)) continue;
                Assert.Equal((FrameType)type, name.Value.Type);
                if (name.Value.SubclassOctet is { } read) Assert.Equal(SubclassCoding.Decode((byte)octet), SubclassCoding.Decode(read));
            }
        Assert.True(FrameNames.TryParse("control hangup", out var control));
        Assert.Equal(new FrameName(FrameType.Control, 1), control);
        Assert.False(FrameNames.TryParse("NONSENSE", out _));
    }

    [Theory]
    [InlineData(ElementId.Version, "2", "0002")]
    [InlineData(ElementId.Version, "0x10", "0010")]
    [InlineData(ElementId.Format, "ulaw", "00000004")]
    [InlineData(ElementId.Format, "ulaw|alaw", "0000000c")]
    [InlineData(ElementId.Format2, "opus", "000000000400000000")]
    [InlineData(ElementId.CalledNumber, "600", "363030")]
    [InlineData(ElementId.CauseCode, "16", "10")]
    [InlineData(ElementId.ApparentAddress, "192.0.2.10:4569", "020011d9c000020a0000000000000000")]
    public void Elements_are_written_as_they_are_read(ElementId id, string text, string hex)
    {
        Assert.True(ElementValue.TryParse(id, text, out byte[] data, out _));
        Assert.Equal(hex, Convert.ToHexStringLower(data));
        Assert.True(ElementValue.TryParse(id, ElementText.Value(id, data), out byte[] again, out _));
        Assert.Equal(data, again);
        Assert.True(ElementValue.TryParse(id, "hex " + hex, out byte[] raw, out _));
        Assert.Equal(data, raw);
    }

    [Theory]
    [InlineData("pbx.example.net", "pbx.example.net", 4569, "")]
    [InlineData("pbx/600", "pbx", 4569, "600")]
    [InlineData("10.0.0.1:4570/600", "10.0.0.1", 4570, "600")]
    [InlineData("[::1]:5036/s", "::1", 5036, "s")]
    [InlineData("::1", "::1", 4569, "")]
    public void A_target_is_read(string text, string host, int port, string extension)
    {
        Assert.True(ServerTarget.TryParse(text, out var target));
        Assert.Equal((host, (ushort)port, extension), (target.Host, target.Port, target.Extension));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("host/1/2")]
    [InlineData("a b")]
    public void A_target_that_is_none_is_refused(string text) => Assert.False(ServerTarget.TryParse(text, out _));

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("2s", 2_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("3m", 180_000)]
    [InlineData("0s", 0)]
    public void Times_have_units(string text, int ms)
    {
        Assert.True(DurationText.TryParse(text, out int read));
        Assert.Equal(ms, read);
        Assert.False(DurationText.TryParse(text[..^1].TrimEnd('m'), out _));
    }

    [Fact]
    public void The_secret_of_an_element_is_not_shown() => Assert.DoesNotContain("hunter2", ElementText.Show(ElementId.Password, "hunter2"u8));

    [Fact]
    public void Variables_are_filled_in()
    {
        var variables = new ScenarioVariables { ["challenge"] = "104729381", ["secret"] = "s3cret", ["n"] = "600" };
        Assert.Equal("600/600", variables.Fill("${n}/${n}", out _));
        Assert.Equal("4a53342d06bc87a0f6c4463006734024", variables.Fill("${md5(challenge)}", out _));
        Assert.Equal("363030", variables.Fill("${hex(n)}", out _));
        Assert.Null(variables.Fill("${nobody}", out string? missing));
        Assert.Equal("nobody", missing);
    }
}
