namespace Mesh.Host.Status.Subscriptions;

/// <summary>What is said to those who subscribe, in one language.</summary>
public sealed record SubscriptionWords(string Language)
{
    public static readonly SubscriptionWords English = new("en")
    {
        Heading = "By e-mail",
        Label = "E-mail address",
        Button = "Tell me of incidents",
        Hint = "You get a mail with a link first: nothing is sent to anybody who has not opened it. Each mail has a link that ends it and deletes your address.",
        Trap = "Leave this empty",
        Asked = "Look into your mailbox",
        AskedText = "A mail with a link is on its way. You are told of incidents once you have confirmed it, within 24 hours.",
        BadAddress = "This is no mail address we can write to.",
        TooMany = "Too many mails have been asked for. Please try again tomorrow.",
        Full = "We cannot take more subscriptions at the moment; the feed is for everybody.",
        Unavailable = "This cannot be done at the moment. Please try again in a few minutes.",
        ConfirmHeading = "Confirm your subscription",
        ConfirmQuestion = "Do you want to be told of incidents by mail?",
        ConfirmButton = "Yes, tell me",
        Confirmed = "You will be told",
        ConfirmedText = "Your subscription has begun. Each mail has a link that ends it.",
        Expired = "This link no longer works",
        ExpiredText = "It is older than a day, or the subscription has ended. You may subscribe again.",
        EndHeading = "End your subscription",
        EndQuestion = "Do you want no more mails of incidents?",
        EndButton = "No more mails",
        Ended = "No more mails",
        EndedText = "Your subscription has ended and your address is deleted.",
    };

    public static readonly SubscriptionWords German = new("de")
    {
        Heading = "Per E-Mail",
        Label = "E-Mail-Adresse",
        Button = "Störungen mitteilen",
        Hint = "Sie bekommen zuerst eine Mail mit einem Link: Niemand bekommt etwas, der ihn nicht geöffnet hat. Jede Mail enthält einen Link, der das Abonnement beendet und Ihre Adresse löscht.",
        Trap = "Bitte leer lassen",
        Asked = "Bitte sehen Sie in Ihr Postfach",
        AskedText = "Eine Mail mit einem Link ist unterwegs. Sobald Sie ihn bestätigt haben, innerhalb von 24 Stunden, erfahren Sie von Störungen.",
        BadAddress = "Das ist keine Mail-Adresse, an die wir schreiben können.",
        TooMany = "Es wurden zu viele Mails angefordert. Bitte versuchen Sie es morgen wieder.",
        Full = "Wir können zurzeit keine weiteren Abonnements annehmen; der Feed ist für alle da.",
        Unavailable = "Das geht im Augenblick nicht. Bitte versuchen Sie es in ein paar Minuten wieder.",
        ConfirmHeading = "Abonnement bestätigen",
        ConfirmQuestion = "Möchten Sie von Störungen per Mail erfahren?",
        ConfirmButton = "Ja, bitte",
        Confirmed = "Sie erfahren von Störungen",
        ConfirmedText = "Ihr Abonnement hat begonnen. Jede Mail enthält einen Link, der es beendet.",
        Expired = "Dieser Link gilt nicht mehr",
        ExpiredText = "Er ist älter als ein Tag, oder das Abonnement ist beendet. Sie können es neu bestellen.",
        EndHeading = "Abonnement beenden",
        EndQuestion = "Möchten Sie keine Mails über Störungen mehr bekommen?",
        EndButton = "Keine Mails mehr",
        Ended = "Keine Mails mehr",
        EndedText = "Ihr Abonnement ist beendet und Ihre Adresse gelöscht.",
    };

    public required string Heading { get; init; }
    public required string Label { get; init; }
    public required string Button { get; init; }
    public required string Hint { get; init; }
    public required string Trap { get; init; }
    public required string Asked { get; init; }
    public required string AskedText { get; init; }
    public required string BadAddress { get; init; }
    public required string TooMany { get; init; }
    public required string Full { get; init; }
    public required string Unavailable { get; init; }
    public required string ConfirmHeading { get; init; }
    public required string ConfirmQuestion { get; init; }
    public required string ConfirmButton { get; init; }
    public required string Confirmed { get; init; }
    public required string ConfirmedText { get; init; }
    public required string Expired { get; init; }
    public required string ExpiredText { get; init; }
    public required string EndHeading { get; init; }
    public required string EndQuestion { get; init; }
    public required string EndButton { get; init; }
    public required string Ended { get; init; }
    public required string EndedText { get; init; }

    /// <summary>The first language where there is no other.</summary>
    public static SubscriptionWords Of(string language) => language == German.Language ? German : English;

    public string ConfirmSubject(string name) => this == German ? $"{name}: Störungsmeldungen bestätigen" : $"Confirm: incidents of {name} by mail";

    public string ConfirmText(string name, string link) => this == German
        ? $"Jemand, hoffentlich Sie, möchte unter dieser Adresse von Störungen bei {name} erfahren.\n\nBitte bestätigen Sie es innerhalb von 24 Stunden:\n\n{link}\n\nWenn Sie es nicht waren, brauchen Sie nichts zu tun: Sie bekommen dann keine weitere Mail.\n"
        : $"Somebody, we hope it was you, wants to be told at this address of incidents at {name}.\n\nPlease confirm it within 24 hours:\n\n{link}\n\nIf it was not you there is nothing to do: no other mail will follow.\n";

    public string EndText(string name, string link) => this == German
        ? $"Sie bekommen diese Mail, weil Sie von Störungen bei {name} erfahren möchten.\nKeine Mails mehr: {link}"
        : $"You get this mail because you asked to be told of incidents at {name}.\nNo more mails: {link}";
}
