using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>A way to be a bad server, and the rows that must see it.</summary>
/// <param name="Make">A fault keeps state: a new one for each world.</param>
internal sealed record FaultCase(string Name, Func<Func<Passing, Fate>> Make, params string[] Rows);

/// <summary>Deliberately faulty servers. Together they turn every row red: see FaultyServerTests.</summary>
internal static partial class Faults
{
    /// <summary>Frames from the server that fit are lost.</summary>
    private static Func<Func<Passing, Fate>> Mute(Func<Passing, bool> which) => () => p => p.FromServer && which(p) ? Fate.Lost : Fate.Pass(p);

    /// <summary>Frames from the server that fit are changed.</summary>
    private static Func<Func<Passing, Fate>> Spoil(Func<Passing, bool> which, Func<Passing, byte[]> how) => () => p => p.FromServer && which(p) ? new Fate(how(p)) : Fate.Pass(p);

    /// <summary>Frames to the server that fit never arrive, and what is given comes back instead.</summary>
    private static Func<Func<Passing, Fate>> Answer(Func<Passing, bool> which, Func<Passing, byte[][]> with) => () => p => !p.FromServer && which(p) ? new Fate { Back = with(p) } : Fate.Pass(p);

    /// <summary>Frames to the server that fit never arrive.</summary>
    private static Func<Func<Passing, Fate>> Deaf(Func<Passing, bool> which) => Answer(which, _ => []);

    /// <summary>The process is gone from the first frame that fits on, for everybody.</summary>
    private static Func<Func<Passing, Fate>> Crash(Func<Passing, bool> on) => () =>
    {
        bool isDead = false;
        return p =>
        {
            isDead |= !p.FromServer && on(p);
            return isDead ? Fate.Lost : Fate.Pass(p);
        };
    };

    /// <summary>The call is forgotten at the first frame that fits: nothing of that socket passes any more.</summary>
    private static Func<Func<Passing, Fate>> DropCall(Func<Passing, bool> on) => () =>
    {
        var gone = new HashSet<Mesh.Io.NetAddress>();
        return p =>
        {
            if (!p.FromServer && on(p)) gone.Add(p.Client);
            return gone.Contains(p.Client) ? Fate.Lost : Fate.Pass(p);
        };
    };

    private static byte[] Stamp(Passing p) => p.With(o => o[7] ^= 0x55);
}
