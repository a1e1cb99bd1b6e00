namespace Mesh.Host.Listening;

/// <summary>How many sockets public connections may take, so that calls are never without: a process that has none left can neither take a call over TCP nor open a port for its audio.</summary>
public static class SocketShare
{
    /// <summary>Files of the program, listeners, operators, other sites.</summary>
    public const int Others = 1_000;

    /// <summary>What is left to a public listener where calls leave nothing.</summary>
    public const int Least = 100;

    /// <summary>The connections of each of two listeners.</summary>
    /// <param name="openFiles">What the process may have open.</param>
    /// <param name="legs">What calls may have at once; each leg has a socket for RTP and one for RTCP. 0 where no calls are taken.</param>
    public static int Of(int openFiles, int legs, int wanted) => (int)Math.Clamp(((long)openFiles - Others - 2L * legs) / 2, Least, wanted);
}
