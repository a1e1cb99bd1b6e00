namespace Mesh.Host.Config.Model;

/// <summary>What the living sites switch to sorry by themselves when one is gone.</summary>
/// <param name="Site">The one that is gone.</param>
/// <param name="Hosts">Answered with a page; in their one spelling.</param>
/// <param name="Domains">Their mail is told to wait.</param>
/// <param name="Numbers">E.164, or trunks: calls hear an announcement.</param>
/// <param name="Message">Empty: the usual sentence.</param>
/// <param name="Recording">A recorded announcement of the bundle; empty: the message is spoken.</param>
public sealed record SorryAutomaticConfig(string Site, IReadOnlyList<string> Hosts, IReadOnlyList<string> Domains, IReadOnlyList<string> Numbers, string Message, string Recording);
