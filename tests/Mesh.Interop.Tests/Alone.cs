namespace Mesh.Interop.Tests;

/// <summary>Tests that say how soon something comes, what is heard, or what a flood leaves: one by one, once those that wait for something to hold have run beside each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
