using System.Text;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>Gets from other sites the addresses of subscriptions that began there, and gives them ours. They travel sealed: what two sites say to each other is signed, not hidden.</summary>
/// <param name="ask">Asks every other site for some; whoever does not answer is left out.</param>
public sealed class SubscriberFetch(SubscriberBook book, TicketSeal seal, Func<string, CancellationToken, Task<IReadOnlyList<SealedSubscribers>>> ask)
{
    /// <summary>The name of the question.</summary>
    public const string Question = "status-subscribers";

    /// <summary>Ids in one question.</summary>
    public const int MostAtOnce = 40;

    /// <summary>Fetches some that are missing.</summary>
    public async Task RunAsync(CancellationToken cancelled)
    {
        string[] missing = [.. book.Missing.Take(MostAtOnce)];
        if (missing.Length == 0) return;
        foreach (var answer in await ask($"{Question}/{string.Join(',', missing)}", cancelled))
            foreach (byte[] octets in answer.Sealed.Take(MostAtOnce))
                if (seal.OpenText(octets)?.Split('\n') is ["subscriber", var id, var address, var language] && missing.Contains(id) && Mailbox.TryParse(address, out var mailbox))
                    await book.KeepAsync(new Subscriber(id, mailbox, language));
    }

    /// <param name="ids">As asked, with commas between.</param>
    public SealedSubscribers Answer(string ids) => new([.. ids.Split(',').Take(MostAtOnce).Select(book.Find).OfType<Subscriber>()
        .Select(s => seal.SealText($"subscriber\n{s.Id}\n{s.Mailbox}\n{s.Language}"))]);
}

/// <summary>What one site answers.</summary>
public sealed record SealedSubscribers(IReadOnlyList<byte[]> Sealed);
