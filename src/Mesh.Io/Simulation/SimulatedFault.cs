namespace Mesh.Io.Simulation;

/// <summary>A handler that threw: in a run that went well there is none.</summary>
public sealed record SimulatedFault(string Loop, string Where, Exception Exception);
