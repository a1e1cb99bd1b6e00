using Mesh.Host.Tests.Storage;

namespace Mesh.Host.Tests;

/// <summary>What this assembly does as a process of its own, for tests that need one to kill.</summary>
public static class TestChild
{
    public static int Main(string[] args) => args switch
    {
        ["store-bindings", var folder] => StoringChild.Run(folder),
        _ => 2,
    };
}
