using Mesh.Host.Listening;

namespace Mesh.Host.Tests.Listening;

/// <summary>Calls come first when sockets are few.</summary>
public class SocketShareTests
{
    [Theory]
    [InlineData(1_048_576, 4_000, 10_000)]
    [InlineData(20_000, 4_000, 5_500)]
    [InlineData(20_000, 0, 9_500)]
    [InlineData(1_024, 4_000, 100)]
    [InlineData(int.MaxValue, int.MaxValue / 2, 100)]
    public void Public_connections_get_what_calls_leave(int openFiles, int legs, int each) => Assert.Equal(each, SocketShare.Of(openFiles, legs, 10_000));

    [Fact]
    public void The_limit_of_the_process_is_known_and_as_high_as_it_may_be()
    {
        if (!OperatingSystem.IsLinux()) return;
        string[] limits = File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(limits[3], limits[4]);
        if (limits[3] != "unlimited") Assert.Equal(Math.Min(long.Parse(limits[3]), int.MaxValue), Mesh.Io.OpenFiles.Limit);
    }
}
