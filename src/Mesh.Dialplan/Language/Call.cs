using System.Runtime.CompilerServices;
using Mesh.Dialplan.Calls;

namespace Mesh.Dialplan.Language;

/// <summary>The call a handler owns. When the handler returns, the call is over. Every verb returns when it has happened and throws <see cref="CallEnded"/> once the caller is gone.</summary>
public sealed class Call(ICallControl control)
{
    /// <summary>The number that was dialled.</summary>
    public string Number => control.Called;

    public Task<DialResult> Dial(Ring ring, TimeSpan? ringFor = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        control.Dial(ring, new DialOptions { RingFor = ringFor ?? TimeSpan.FromSeconds(60), File = file, Line = line });
}
