namespace Mesh.Host.Sorry.Copies;

/// <summary>What became of copies, in the site's log.</summary>
public sealed partial class CopyLog(ILogger log)
{
    public void Taken(string host, CopyResult result) => TakenOne(log, host, result.Pages, result.Files.Count, result.Requests, string.Join(", ", result.Left.Select(static l => $"{l.Key} {l.Value}")));

    public void Failed(string host, string why, bool hasBefore) => FailedOne(log, host, why, hasBefore ? "; the copy there was stays" : "");

    [LoggerMessage(160, LogLevel.Information, "a copy of {Host} was taken: {Pages} pages, {Files} files in {Requests} requests; left out: {Left}")]
    private static partial void TakenOne(ILogger log, string host, int pages, int files, int requests, string left);

    [LoggerMessage(161, LogLevel.Warning, "no copy of {Host} was taken: {Why}{Stays}")]
    private static partial void FailedOne(ILogger log, string host, string why, string stays);
}
