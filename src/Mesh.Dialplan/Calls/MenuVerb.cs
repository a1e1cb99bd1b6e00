namespace Mesh.Dialplan.Calls;

/// <summary>Plays a prompt and waits for one of a few keys, several times. A key that is not among them begins the next attempt.</summary>
internal sealed class MenuVerb(string prompt, string keys, TimeSpan timeout, int attempts) : Verb<char?>
{
    private int attempt;
    private bool isOver;

    public override void Begin(LiveCall call)
    {
        call.Trace($"menu {prompt}, keys {keys}", At);
        call.AnswerCaller();
        call.CollectDigits(key => Pressed(call, key));
        Attempt(call);
    }

    public override void OnDeadline(LiveCall call) => Attempt(call);

    private void Attempt(LiveCall call)
    {
        if (attempt++ >= attempts) { Over(call, null); return; }
        int playing = attempt;
        call.Play(this, prompt, _ =>
        {
            if (!isOver && attempt == playing) call.ArmVerb(timeout);
        });
    }

    private void Pressed(LiveCall call, char key)
    {
        if (isOver) return;
        call.Trace($"key {key}", At);
        if (keys.Contains(key)) Over(call, key);
        else Attempt(call);
    }

    private void Over(LiveCall call, char? key)
    {
        isOver = true;
        call.CollectDigits(null);
        call.Silence();
        Complete(call, key);
    }
}
