using System.Globalization;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>
/// Places calls from the near site to the far one at a steady rate, lets both ends of each talk, and hangs up. Every call carries its own number, variable and voice, so that
/// anything of another call shows. Begun with <see cref="Start"/>; over when <see cref="IsOver"/>.
/// </summary>
public sealed class CallSeries : IDeadlineOwner
{
    private const string Variable = "MESHSERIES";

    private readonly TwoSites sites;
    private readonly BadNetworkOptions options;
    private readonly Deadline place;
    private readonly SeriesCall[] calls;
    private long beganMs;
    private int placed, finished;

    public CallSeries(TwoSites sites)
    {
        this.sites = sites;
        options = sites.Options;
        calls = new SeriesCall[options.Calls];
        for (int i = 0; i < calls.Length; i++) calls[i] = new SeriesCall(this, i);
        place = new Deadline(this);
        sites.Received = OnReceived;
    }

    public IReadOnlyList<SeriesCall> Calls => calls;

    public TwoSites Sites => sites;

    internal BadNetworkOptions Options => options;

    /// <summary>Every call has ended at its caller. Any thread.</summary>
    public bool IsOver => Volatile.Read(ref finished) == calls.Length;

    /// <summary>Calls that reached the far site with what no call of ours says, or a call's number with another's variable.</summary>
    public int Strangers { get; private set; }

    public void Start() => sites.NearLoop.Post(_ =>
    {
        beganMs = sites.NearLoop.Clock.NowMs;
        PlaceDue();
    });

    public void OnDeadline(Deadline deadline) => PlaceDue();

    internal void Finished() => Interlocked.Increment(ref finished);

    internal static NewCallOptions Order(int id) => new()
    {
        CalledNumber = id.ToString(CultureInfo.InvariantCulture), CallingNumber = "2001", Formats = [VoiceFormat.Alaw],
        Variables = [new IaxVariable(Variable, Text(id))],
    };

    private void PlaceDue()
    {
        long now = sites.NearLoop.Clock.NowMs;
        while (placed < calls.Length && DueMs(placed) <= now) calls[placed++].Place();
        if (placed < calls.Length) sites.NearLoop.Deadlines.Arm(place, DueMs(placed) - now);
    }

    private long DueMs(int id) => beganMs + (long)(id * 1000 / options.CallsPerSecond);

    private void OnReceived(IncomingIaxCall call)
    {
        bool known = int.TryParse(call.CalledNumber, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < calls.Length;
        if (known && call.Variables is [{ Name: Variable } one] && one.Value == Text(id)) calls[id].Receive(call);
        else Strangers++;
    }

    private static string Text(int id) => $"call {id} of the series";
}
