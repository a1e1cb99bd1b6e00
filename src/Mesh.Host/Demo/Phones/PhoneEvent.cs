using Mesh.Io;

namespace Mesh.Host.Demo.Phones;

/// <summary>A line of a ladder as one phone sees it.</summary>
/// <param name="AtMs">Milliseconds of the phone's loop.</param>
/// <param name="Site">The other side.</param>
/// <param name="Sent">By the phone; else received.</param>
public readonly record struct PhoneEvent(long AtMs, string Account, NetAddress Site, bool Sent, string Message);
