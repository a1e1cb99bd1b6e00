namespace Mesh.Host.Console;

/// <summary>The parts of the console, in the order of its navigation.</summary>
public enum ConsoleSection
{
    Calls,
    Phones,
    Peers,
    Trunks,
    Sorry,
    Incidents,
    /// <summary>Writing, the dialplan, signing in and out.</summary>
    Site,
}
