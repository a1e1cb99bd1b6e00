namespace Mesh.Host.Admin;

/// <summary>What a reload did, as <c>POST /api/reload</c> answers: with status 409 when it was refused and what ran goes on running.</summary>
/// <param name="Accepted">False: the new text has errors and changed nothing.</param>
/// <param name="DialplanHash">Of the plan now in force.</param>
/// <param name="Problems">Errors and warnings, one line each, with file, line and column.</param>
public sealed record ReloadView(bool Accepted, string DialplanHash, IReadOnlyList<string> Problems);
