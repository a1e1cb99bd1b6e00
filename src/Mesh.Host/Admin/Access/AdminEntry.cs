namespace Mesh.Host.Admin.Access;

/// <summary>How a request was let in; a feature of it.</summary>
/// <param name="Name">Of who asks, where a certificate proves it; else empty.</param>
/// <param name="Session">When they have one.</param>
public sealed record AdminEntry(AdminPass Pass, string Name, AdminSession? Session);
