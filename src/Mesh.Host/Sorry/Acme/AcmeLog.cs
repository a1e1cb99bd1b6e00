namespace Mesh.Host.Sorry.Acme;

/// <summary>What became of orders, in the site's log.</summary>
public sealed partial class AcmeLog(ILogger log)
{
    public void Issued(string host, DateTimeOffset until) => IssuedOne(log, host, until);

    public void Failed(string host, AcmeFailure failure) => FailedOne(log, host, failure.Times, failure.Why, failure.NotBefore);

    public void Unready(string why) => NotReady(log, why);

    public void Limited(int most) => TooMany(log, most);

    public void Unheard(string host, string sites) => NotHeard(log, host, sites);

    [LoggerMessage(150, LogLevel.Information, "the certificate of {Host} was ordered and is in force, until {Until:u}")]
    private static partial void IssuedOne(ILogger log, string host, DateTimeOffset until);

    [LoggerMessage(151, LogLevel.Warning, "the order of a certificate for {Host} failed ({Times} times in a row), what is in force stays: {Why}; not tried again before {NotBefore:u}")]
    private static partial void FailedOne(ILogger log, string host, int times, string why, DateTimeOffset notBefore);

    [LoggerMessage(152, LogLevel.Error, "no certificate can be ordered: {Why}")]
    private static partial void NotReady(ILogger log, string why);

    [LoggerMessage(153, LogLevel.Warning, "a certificate is due, but {Most} were ordered within 24 hours, as many as sorry.acme.orders_a_day allows")]
    private static partial void TooMany(ILogger log, int most);

    [LoggerMessage(154, LogLevel.Warning, "the challenge for {Host} is not known to have reached {Sites}; the authority is sent for it all the same")]
    private static partial void NotHeard(ILogger log, string host, string sites);
}
