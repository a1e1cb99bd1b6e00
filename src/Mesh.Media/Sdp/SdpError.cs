namespace Mesh.Media.Sdp;

/// <summary>Why a body is not a session description.</summary>
/// <param name="Line">Counted from 1; 0 when the body as a whole is meant.</param>
public readonly record struct SdpError(int Line, string Reason)
{
    public override string ToString() => Line == 0 ? Reason : $"line {Line}: {Reason}";
}
