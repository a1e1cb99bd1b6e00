namespace Mesh.Host.Demo;

/// <summary>The demonstration cannot go on; the message says why to whoever watches.</summary>
public sealed class DemoException(string message) : Exception(message);
