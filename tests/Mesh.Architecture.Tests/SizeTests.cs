using Xunit;

namespace Mesh.Architecture.Tests;

/// <summary>Small files: nothing over 400 lines in src (600 in tests), median under 80, nine in ten under 250.</summary>
public class SizeTests
{
    [Theory]
    [InlineData("src", 400)]
    [InlineData("bench", 400)]
    [InlineData("tests", 600)]
    public void No_file_is_too_long(string folder, int limit)
    {
        var tooLong = Repository.Sources(folder).Select(f => (File: Repository.Relative(f), Lines: File.ReadAllLines(f).Length)).Where(f => f.Lines > limit);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Most_files_are_small()
    {
        var lines = Repository.Sources("src").Select(f => File.ReadAllLines(f).Length).Order().ToArray();
        Assert.InRange(lines[lines.Length / 2], 1, 79);
        Assert.InRange(lines[lines.Length * 9 / 10], 1, 249);
    }
}
