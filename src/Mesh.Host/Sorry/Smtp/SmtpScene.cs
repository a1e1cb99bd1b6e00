using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>What a session's step depends on besides the session.</summary>
/// <param name="HostName">What the server calls itself: a name or an address literal.</param>
/// <param name="OffersTls">There is a certificate.</param>
/// <param name="Board">The switches now.</param>
public sealed record SmtpScene(string HostName, bool OffersTls, SorryBoard Board, DateTimeOffset Now, SmtpOptions Limits);
