using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers.Accounts;
using Mesh.Host.Sorry.Customers.Sessions;
using Mesh.Host.Sorry.Customers.Uploads;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Customers;

/// <summary>
/// What a customer may do, by form or by program: store pages for hosts of theirs, and switch those on and off. Never mail, never another's host, never what an operator has switched.
/// Faults are for the customer to read.
/// </summary>
public sealed class CustomerDesk(SorrySwitches switches, SiteContents contents, CustomerCounters counters, CustomerLimits limits, TimeProvider time)
{
    private readonly AttemptLimit acts = new(limits.ActsPerDay, TimeSpan.FromDays(1), time);

    public SiteContents Contents => contents;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A host as it is kept; null when it is none of this customer's.</summary>
    public string? HostOf(CustomerAccount account, string host)
    {
        if (SorryTarget.Parse(host) is { } target && account.Has(target)) return target;
        counters.Count(CustomerOutcome.ForeignHost);
        return null;
    }

    /// <summary>The hosts an account has something to see of, the ones below its wildcards that have pages or a switch among them.</summary>
    public IReadOnlyList<string> Hosts(CustomerAccount account) =>
        [.. account.Hosts.Concat(contents.Board.All.Select(static v => v.Target)).Concat(switches.Board.Notices.Where(static n => n.Channel == SorryChannel.Http).Select(static n => n.Target))
            .Where(account.Has).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The switch of exactly this host; null: there is none.</summary>
    public SorryNotice? Notice(string target) => switches.Board.At(SorryChannel.Http, target);

    public async Task<ContentOutcome> UploadAsync(CustomerAccount account, string target, Upload upload, CancellationToken cancelled)
    {
        if (upload.Fault is { } fault) return BadUpload(ContentOutcome.Refused(fault));
        if (!MayAct(account)) return ContentOutcome.Refused(TooMany);
        var outcome = await contents.KeepAsync(target, new ContentOffer(ContentKind.Upload, upload.Files, upload.Label, account.Name, Who(account), ""), cancelled);
        if (outcome.Fault is not null) return BadUpload(outcome);
        counters.Count(CustomerOutcome.Upload);
        return outcome;
    }

    /// <summary>Instead of a version: the usual page.</summary>
    public const string UsualPage = "none";

    /// <summary>Shows a version, the newest when none is named, from then until then. Null when that is ordered, else why not.</summary>
    public async Task<string?> OnAsync(CustomerAccount account, string target, string version, DateTimeOffset? from, DateTimeOffset? until, string message, CancellationToken cancelled)
    {
        var shown = version.Length == 0 ? contents.Versions(target).FirstOrDefault() : version == UsualPage ? null : contents.Find(target, version);
        if (version.Length > 0 && version != UsualPage && shown is null) return Bad("there is no such version");
        return await OrderAsync(account, target, new SorryOrder { On = true, Answers = [SorryAnswer.Page], Content = shown?.Id ?? "", Customer = account.Name, From = from, Until = until, Message = message.Trim() }, cancelled);
    }

    public Task<string?> OffAsync(CustomerAccount account, string target, CancellationToken cancelled) =>
        OrderAsync(account, target, new SorryOrder { On = false, Channels = [SorryChannel.Http], Customer = account.Name }, cancelled);

    public async Task<string?> DropAsync(CustomerAccount account, string target, string version, CancellationToken cancelled)
    {
        if (contents.Find(target, version) is not { } found) return Bad("there is no such version");
        if (found.Owner != account.Name) return Bad("this version was stored by an operator");
        if (!MayAct(account)) return TooMany;
        return await contents.DropAsync(found, Who(account), cancelled) is { } fault ? Bad(fault) : null;
    }

    /// <summary>Another token, by its hash.</summary>
    public async Task<string?> TokenAsync(CustomerBook book, CustomerAccount account, string hash, CancellationToken cancelled) =>
        MayAct(account) ? await book.TokenAsync(account.Name, hash, Who(account), cancelled) : TooMany;

    private const string TooMany = "too many changes today; try again tomorrow, or ask us";

    private async Task<string?> OrderAsync(CustomerAccount account, string target, SorryOrder order, CancellationToken cancelled)
    {
        if (Notice(target) is { Customer: "" } ours && (ours.Until is not { } end || end > Now)) return Bad($"{target} was switched by an operator; ask us to change it");
        if (!MayAct(account)) return TooMany;
        if (await switches.OrderAsync(target, order, Who(account), "", cancelled) is { } fault) return Bad(fault);
        counters.Count(CustomerOutcome.Order);
        return null;
    }

    private bool MayAct(CustomerAccount account)
    {
        if (acts.TryTake(account.Name)) return true;
        counters.Count(CustomerOutcome.TooManyActs);
        return false;
    }

    private ContentOutcome BadUpload(ContentOutcome outcome)
    {
        counters.Count(CustomerOutcome.BadUpload);
        return outcome;
    }

    private string Bad(string fault)
    {
        counters.Count(CustomerOutcome.BadOrder);
        return fault;
    }

    private static string Who(CustomerAccount account) => $"customer {account.Name}";
}
