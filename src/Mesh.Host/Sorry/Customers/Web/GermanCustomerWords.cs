namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>In German.</summary>
public static class GermanCustomerWords
{
    public static readonly CustomerWords Words = new()
    {
        Tag = "de", Title = "Störungsseiten", SkipToContent = "Zum Inhalt", LogIn = "Anmelden", LogOut = "Abmelden", LoggedInAs = "Angemeldet als", Name = "Name", Password = "Passwort",
        WrongLogin = "Name und Passwort gehören nicht zusammen.", TooManyLogins = "Zu viele Versuche. Bitte später noch einmal.", FormExpired = "Dieses Formular gilt nicht mehr. Bitte von hier aus noch einmal absenden.",
        Hosts = "Ihre Rechnernamen", Host = "Rechnername", OtherHost = "Ein anderer Ihrer Rechnernamen", Open = "Öffnen", NotYours = "Das ist keiner Ihrer Rechnernamen.",
        Now = "Zurzeit", IsOn = "Die Störungsseite ist eingeschaltet.", IsOff = "Die Störungsseite ist ausgeschaltet.", Begins = "Beginn", Ends = "Ende", ByOperator = "Vom Betreiber geschaltet; bitte fragen Sie uns.", UsualPage = "die eingebaute Seite",
        SwitchOff = "Ausschalten", SwitchOn = "Einschalten", Upload = "Hochladen", Files = "Dateien",
        FilesHint = "Eine ZIP-Datei oder die Dateien selbst, mit einer index.html. HTML, CSS, Bilder und Schriften; Skripte werden nicht ausgeführt. Höchstens 10 MiB.",
        Label = "Bezeichnung", Optional = "freiwillig", Versions = "Versionen", NoVersions = "Es wurde noch nichts hochgeladen.", Version = "Version", Taken = "Hochgeladen", Size = "Größe",
        Preview = "Vorschau", NewWindow = "öffnet ein neues Fenster", Delete = "Löschen", Message = "Mitteilung", MessageHint = "Für Programme, im Kopf X-Sorry; Menschen sehen Ihre Seite.",
        From = "Von", Until = "Bis", TimeHint = "UTC; leer: sofort, und bis Sie ausschalten.", BadTime = "Zeiten schreibt man wie 2026-03-02T14:00, oder 2h für zwei Stunden ab jetzt.",
        Uploaded = "Hochgeladen. Sehen Sie sich die Vorschau an, dann schalten Sie ein.", Dropped = "Um Platz zu schaffen, wurden diese Versionen gelöscht:", LeftOut = "Weggelassen:", Done = "Erledigt.",
        Account = "Konto", ChangePassword = "Passwort ändern", OldPassword = "Altes Passwort", NewPassword = "Neues Passwort", NewPasswordAgain = "Neues Passwort noch einmal", NotTheSame = "Die beiden neuen Passwörter sind nicht gleich.",
        PasswordChanged = "Das Passwort ist geändert. Bitte melden Sie sich neu an.", Token = "Schlüssel für Programme",
        TokenHint = "Mit einem Schlüssel können Programme wie curl, was Sie hier können. Ein neuer ersetzt den bisherigen.", MakeToken = "Neuen Schlüssel machen", YourToken = "Ihr Schlüssel. Er wird nur dieses eine Mal gezeigt:",
    };
}
