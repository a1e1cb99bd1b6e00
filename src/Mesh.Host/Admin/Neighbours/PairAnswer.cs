namespace Mesh.Host.Admin.Neighbours;

/// <summary>What came back from another site.</summary>
/// <param name="Body">Of an answer that holds; else empty.</param>
/// <param name="Why">For people, empty when there is no fault; never words of whoever answered.</param>
public readonly record struct PairAnswer(PairFault Fault, byte[] Body, string Why)
{
    public static PairAnswer Of(byte[] body) => new(PairFault.None, body, "");

    public static PairAnswer Failed(PairFault fault, string why) => new(fault, [], why);
}
