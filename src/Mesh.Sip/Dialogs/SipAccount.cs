namespace Mesh.Sip.Dialogs;

/// <summary>A user name and password to answer digest challenges with. Its text never shows the password.</summary>
public sealed class SipAccount(string user, string password)
{
    public string User { get; } = user;

    internal string Password { get; } = password;

    public override string ToString() => User;
}
