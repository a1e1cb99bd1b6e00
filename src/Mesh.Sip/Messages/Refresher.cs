namespace Mesh.Sip.Messages;

/// <summary>Who refreshes a session (RFC 4028): the side that sent the request the timer was agreed in, or the other.</summary>
public enum Refresher : byte
{
    Uac,
    Uas,
}
