using Mesh.Host.IaxTester.Raw;

namespace Mesh.Host.IaxTester.Report;

/// <summary>A frame as <c>--json</c> prints it.</summary>
/// <param name="Ms">Since the first frame.</param>
/// <param name="Direction">sent or received.</param>
public sealed record FrameView(double Ms, string Direction, string Frame, string Text)
{
    public static IReadOnlyList<FrameView> Of(IReadOnlyList<SeenFrame> frames) =>
        [.. frames.Select(f => new FrameView((f.AtMicros - frames[0].AtMicros) / 1000.0, f.IsSent ? "sent" : "received", FrameNames.Of(f), FrameText.Line(f)[2..]))];
}
