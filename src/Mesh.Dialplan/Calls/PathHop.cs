namespace Mesh.Dialplan.Calls;

/// <summary>One step of a call's way through the mesh: the server that handled it and the hash of the number it was handled for (mesh law R5).</summary>
/// <param name="Site">Site id, one or two characters.</param>
/// <param name="Key"><see cref="MeshHash.Target"/> of the number, six characters.</param>
public readonly record struct PathHop(string Site, string Key);
