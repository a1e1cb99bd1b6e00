using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Phone;

/// <summary>Which announcement, if any, a call from a carrier hears. Asked on the signalling loop, so it only looks at what is ready: the board in force and the sounds made of it.</summary>
public sealed class SorryTelephone(SorrySwitches switches, SorryPrompts prompts)
{
    public Announcement? Find(IncomingCall call)
    {
        var board = switches.Board;
        if (!board.HasPhone) return null;
        return board.FindCall(Telephony.ToE164(call.Called), call.From, switches.Now) is { } notice
            ? new Announcement(prompts.For(notice), notice.Target, notice.Answer == SorryAnswer.AnnounceEarly) : null;
    }
}
