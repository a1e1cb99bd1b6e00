namespace Mesh.Host.Status.Subscriptions;

/// <summary>What there is to say of mail, without addresses.</summary>
public sealed partial class SubscriptionLog(ILogger log)
{
    /// <param name="trouble">Null when it works again.</param>
    public void RelayChanged(string? trouble)
    {
        if (trouble is null) Works(log);
        else Fails(log, trouble);
    }

    [LoggerMessage(150, LogLevel.Warning, "mails to subscribers wait: the relay cannot be used: {Why}")]
    private static partial void Fails(ILogger log, string why);

    [LoggerMessage(151, LogLevel.Information, "mails to subscribers go out again")]
    private static partial void Works(ILogger log);
}
