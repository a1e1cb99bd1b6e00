using Mesh.Io;

namespace Mesh.Sip.Dialogs;

/// <summary>The timer of RFC 4028: the refresher refreshes at half the interval; whoever hears no refresh ends the call a little before the interval is over (section 10).</summary>
internal sealed class SessionTimer : IDeadlineOwner
{
    private readonly Loop loop;
    private readonly ISessionTimerUser user;
    private Deadline? deadline;
    private bool refreshIsNext;
    private int expireAfterMs;

    public SessionTimer(Loop loop, ISessionTimerUser user)
    {
        this.loop = loop;
        this.user = user;
    }

    public SessionTerms Terms { get; private set; }

    /// <summary>Begins anew: a 2xx to an INVITE or UPDATE was sent or came.</summary>
    public void Start(SessionTerms terms)
    {
        Terms = terms;
        Stop();
        if (terms.Seconds == 0) return;
        int end = terms.Seconds - Math.Min(32, terms.Seconds / 3);
        refreshIsNext = terms.WeRefresh;
        int first = terms.WeRefresh ? terms.Seconds / 2 : end;
        expireAfterMs = (end - terms.Seconds / 2) * 1000;
        loop.Deadlines.Arm(deadline ??= new Deadline(this), first * 1000L);
    }

    public void Stop()
    {
        if (deadline is not null) loop.Deadlines.Disarm(deadline);
    }

    public void OnDeadline(Deadline passed)
    {
        if (!refreshIsNext) { user.OnSessionExpired(); return; }
        refreshIsNext = false;
        loop.Deadlines.Arm(passed, expireAfterMs);
        user.OnRefreshDue();
    }
}

internal interface ISessionTimerUser
{
    void OnRefreshDue();

    void OnSessionExpired();
}
