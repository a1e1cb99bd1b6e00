namespace Mesh.Sip.Messages;

/// <summary>Privacy: words between semicolons. Unknown words are passed over.</summary>
public readonly record struct Privacy(PrivacyKinds Kinds) : IHeaderValue<Privacy>
{
    /// <summary>The number is not to be shown.</summary>
    public bool HidesNumber => (Kinds & (PrivacyKinds.Id | PrivacyKinds.Header | PrivacyKinds.User)) != 0;

    public static bool TryParse(SipText text, out Privacy value)
    {
        var kinds = PrivacyKinds.None;
        // Some senders put commas where the RFC has semicolons.
        foreach (var range in text.Span.SplitAny(";,"u8))
        {
            kinds |= KindOf(text.Span[range].Trim(" \t"u8));
        }
        value = new Privacy(kinds);
        return true;
    }

    private static PrivacyKinds KindOf(ReadOnlySpan<byte> word) =>
        Is(word, "id"u8) ? PrivacyKinds.Id : Is(word, "header"u8) ? PrivacyKinds.Header : Is(word, "user"u8) ? PrivacyKinds.User
        : Is(word, "session"u8) ? PrivacyKinds.Session : Is(word, "critical"u8) ? PrivacyKinds.Critical
        : Is(word, "history"u8) ? PrivacyKinds.History : Is(word, "none"u8) ? PrivacyKinds.Refused : PrivacyKinds.None;

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(word, name);
}
