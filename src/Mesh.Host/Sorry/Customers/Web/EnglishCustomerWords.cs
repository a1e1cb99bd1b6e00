namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>In English.</summary>
public static class EnglishCustomerWords
{
    public static readonly CustomerWords Words = new()
    {
        Tag = "en", Title = "Sorry pages", SkipToContent = "Skip to content", LogIn = "Log in", LogOut = "Log out", LoggedInAs = "Logged in as", Name = "Name", Password = "Password",
        WrongLogin = "That name and password do not belong together.", TooManyLogins = "Too many attempts. Try again later.", FormExpired = "This form is no longer valid. Please send it again from here.",
        Hosts = "Your hosts", Host = "Host", OtherHost = "Another host of yours", Open = "Open", NotYours = "This is not a host of yours.",
        Now = "Now", IsOn = "The sorry page is on.", IsOff = "The sorry page is off.", Begins = "Begins", Ends = "Ends", ByOperator = "Switched by an operator; ask us to change it.", UsualPage = "the built-in page",
        SwitchOff = "Switch off", SwitchOn = "Switch on", Upload = "Upload", Files = "Files",
        FilesHint = "One ZIP file, or the files themselves, with an index.html. HTML, CSS, images and fonts; scripts are not run. At most 10 MiB.",
        Label = "Label", Optional = "optional", Versions = "Versions", NoVersions = "Nothing has been uploaded yet.", Version = "Version", Taken = "Uploaded", Size = "Size",
        Preview = "Preview", NewWindow = "opens in a new window", Delete = "Delete", Message = "Message", MessageHint = "For programs, in the header X-Sorry; people see your page.",
        From = "From", Until = "Until", TimeHint = "UTC; empty: at once, and until you switch it off.", BadTime = "A time is written like 2026-03-02T14:00, or 2h for two hours from now.",
        Uploaded = "Uploaded. Look at the preview, then switch it on.", Dropped = "To make room these versions were deleted:", LeftOut = "Left out:", Done = "Done.",
        Account = "Account", ChangePassword = "Change password", OldPassword = "Old password", NewPassword = "New password", NewPasswordAgain = "New password again", NotTheSame = "The two new passwords are not the same.",
        PasswordChanged = "The password is changed. Log in again.", Token = "Token for programs",
        TokenHint = "A token lets programs such as curl do what you can do here. A new one replaces the one before.", MakeToken = "Make a new token", YourToken = "Your token. It is shown this once:",
    };
}
