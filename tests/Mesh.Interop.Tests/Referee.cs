namespace Mesh.Interop.Tests;

/// <summary>An independent program that judges us. With CI set a missing one is a failure; elsewhere the test says what to install.</summary>
internal static class Referee
{
    public static void Require(string path, string package) =>
        Assert.True(File.Exists(path), $"{path} is not here: apt-get install {package} (./test.sh does it as root)");
}
