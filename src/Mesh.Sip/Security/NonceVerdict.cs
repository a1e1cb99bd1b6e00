namespace Mesh.Sip.Security;

/// <summary>What <see cref="NonceSource"/> makes of a nonce and its count.</summary>
public enum NonceVerdict : byte
{
    Fresh,
    /// <summary>Ours, but too old, used up, or its count is no longer known: challenge again with stale=true.</summary>
    Stale,
    /// <summary>This count was seen before: challenge again with stale=true.</summary>
    Replayed,
    /// <summary>Not made with our key: after a restart an honest phone has one, so challenge again with stale=true.</summary>
    Foreign,
}
