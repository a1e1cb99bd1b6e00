using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Copies;

/// <summary>A copy that was taken, or why there is none.</summary>
/// <param name="Requests">That the site was asked.</param>
/// <param name="Left">What is not in it, by reason (<see cref="CopyRefusal"/>).</param>
/// <param name="Fault">Null: there is a copy.</param>
public sealed record CopyResult(IReadOnlyList<ContentFile> Files, int Pages, int Requests, IReadOnlyDictionary<string, int> Left, DateTimeOffset TakenAt, string? Fault);

/// <summary>How far taking a copy is.</summary>
/// <param name="Waiting">Addresses that are known but not fetched yet.</param>
public sealed record CopyProgress(int Requests, int Files, long Octets, int Waiting);
