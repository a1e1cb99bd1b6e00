namespace Mesh.Host.Admin.Neighbours;

/// <summary>What is said to a question that holds.</summary>
/// <param name="Body">Signed and sent with status 200; null when it is refused.</param>
/// <param name="Refusal">Counted; null when the refusal is no fault of the one who asks.</param>
public readonly record struct PairReply(int Status, byte[]? Body, PairRefusal? Refusal)
{
    public static PairReply Of(byte[] body) => new(200, body, null);

    public static PairReply Refuse(int status, PairRefusal? why = null) => new(status, null, why);
}
