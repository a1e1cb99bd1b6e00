namespace Mesh.Host.IaxTester.Conform;

/// <summary>What became of a row.</summary>
public enum Verdict
{
    Pass,
    Fail,
    /// <summary>Not tested, for the reason given.</summary>
    Skip,
}

/// <summary>How much a requirement binds.</summary>
public enum RowLevel
{
    /// <summary>RFC 5456 demands it, or calls break without it.</summary>
    Must,
    /// <summary>Good practice, or an extension of the field: servers in use differ.</summary>
    Should,
}

/// <summary>What a row needs to be given besides the server's address.</summary>
[Flags]
public enum RowNeeds
{
    Nothing = 0,
    /// <summary>Somebody who may call: a user, or a guest.</summary>
    Call = 1,
    /// <summary>That caller has a name and a secret.</summary>
    Secret = 32,
    /// <summary>That user may register too.</summary>
    Registration = 2,
    /// <summary>An extension that answers and echoes what it hears.</summary>
    Echo = 4,
    /// <summary>The server demands call tokens.</summary>
    CallTokens = 8,
    /// <summary>Time: more than ten seconds.</summary>
    Patience = 16,
}
