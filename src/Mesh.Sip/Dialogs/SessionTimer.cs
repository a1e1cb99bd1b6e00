using Mesh.Io;

namespace Mesh.Sip.Dialogs;

/// <summary>The timer of RFC 4028: the refresher refreshes at half the interval; whoever hears no refresh ends the call a little before the interval is over (section 10).</summary>
internal sealed class SessionTimer : IDeadlineOwner
{
    private readonly Loop loop;
    private readonly ISessionTimerUser user;
    private readonly Deadline deadline;
    private bool refreshIsNext;
    private int expireAfterMs;

    public SessionTimer(Loop loop, ISessionTimerUser user)
    {
        this.loop = loop;
        this.user = user;
        deadline = new Deadline(this);
    }

    public SessionTerms Terms { get; private set; }

    /// <summary>Begins anew: a 2xx to an INVITE or UPDATE was sent or came.</summary>
    public void Start(SessionTerms terms)
    {
        Terms = terms;
        loop.Deadlines.Disarm(deadline);
        if (terms.Seconds == 0) return;
        int end = terms.Seconds - Math.Min(32, terms.Seconds / 3);
        refreshIsNext = terms.WeRefresh;
        int first = terms.WeRefresh ? terms.Seconds / 2 : end;
        expireAfterMs = (end - terms.Seconds / 2) * 1000;
        loop.Deadlines.Arm(deadline, first * 1000L);
    }

    public void Stop() => loop.Deadlines.Disarm(deadline);

    public void OnDeadline(Deadline passed)
    {
        if (!refreshIsNext) { user.OnSessionExpired(); return; }
        refreshIsNext = false;
        loop.Deadlines.Arm(deadline, expireAfterMs);
        user.OnRefreshDue();
    }
}

internal interface ISessionTimerUser
{
    void OnRefreshDue();

    void OnSessionExpired();
}
