using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>A row and what became of it.</summary>
/// <param name="Reason">Empty when it passed.</param>
/// <param name="Frames">What went over the wire, in order.</param>
public sealed record RowResult(ConformRow Row, Verdict Verdict, string Reason, IReadOnlyList<SeenFrame> Frames, long TookMs);
