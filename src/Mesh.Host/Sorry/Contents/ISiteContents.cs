namespace Mesh.Host.Sorry.Contents;

/// <summary>
/// Pages stored to be shown in place of hosts that are down, the same at all sites. A version is named by its id in an order (<see cref="Switches.SorryOrder.Content"/>) to be shown.
/// Any thread.
/// </summary>
public interface ISiteContents
{
    /// <summary>What <see cref="KeepAsync"/> takes.</summary>
    ContentLimits Limits { get; }

    /// <summary>
    /// Keeps files as a new version for a target, whole or not at all. When the task ends it is on disk here and announced to the other sites, which fetch it at once. Bad files are no
    /// exception: <see cref="ContentOutcome.Fault"/> says what is wrong, for whoever offered them.
    /// </summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    /// <exception cref="Journal.JournalException">It could not be announced; nothing was kept.</exception>
    Task<ContentOutcome> KeepAsync(string target, ContentOffer offer, CancellationToken cancelled = default);

    /// <summary>Takes a version back. Null when that is announced, else why not.</summary>
    Task<string?> DropAsync(ContentVersion version, string who, CancellationToken cancelled = default);

    /// <summary>Of a target, the newest first.</summary>
    IReadOnlyList<ContentVersion> Versions(string target);

    /// <summary>Of a target, by id or by the beginning of an id that no other has.</summary>
    ContentVersion? Find(string target, string id);

    /// <summary>The files of a version; null when they are not here (yet).</summary>
    ContentBundle? Open(string id);

    /// <summary>Where a version can be looked at before it is shown: a secret path of the listeners of sorry, whatever the host.</summary>
    string PreviewPath(ContentVersion version);

    /// <summary>The version a secret of <see cref="PreviewPath"/> stands for.</summary>
    ContentVersion? Previewed(string secret);
}
