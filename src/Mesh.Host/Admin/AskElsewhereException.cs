namespace Mesh.Host.Admin;

/// <summary>This process knows nothing of it; another of the same site does.</summary>
public sealed class AskElsewhereException(Uri where) : Exception($"this process takes no calls: ask {where}");
