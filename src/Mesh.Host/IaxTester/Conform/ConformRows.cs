using Mesh.Host.IaxTester.Conform.Rows;

namespace Mesh.Host.IaxTester.Conform;

/// <summary>Every row, in the order of the RFC's sections.</summary>
public static class ConformRows
{
    public static IReadOnlyList<ConformRow> All { get; } =
    [
        .. RegistrationRows.All, .. SetupRows.All, .. AuthenticationRows.All, .. TeardownRows.All, .. MidCallRows.All, .. MonitoringRows.All, .. OverlapRows.All, .. MiscellaneousRows.All,
        .. MediaRows.All, .. DigitRows.All, .. SequenceRows.All, .. RetransmissionRows.All, .. FrameRows.All, .. MiniFrameRows.All, .. TrunkRows.All, .. ElementRows.All,
        .. CallTokenRows.All, .. LimitRows.All,
    ];
}
