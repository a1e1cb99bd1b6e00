namespace Mesh.Host.Sorry.Switches;

/// <summary>Whether an order may be given.</summary>
public static class SorryCheck
{
    /// <summary>Null when it may, else why not, to be told to whoever ordered it.</summary>
    public static string? Fault(SorryBoard board, string target, SorryOrder order, string who, string why, DateTimeOffset now, SorryLimits limits)
    {
        if (who.Length == 0) return "say who orders it";
        if (who.Length > limits.NoteLength || why.Length > limits.NoteLength || HasControl(who) || HasControl(why)) return $"who and why are one line of at most {limits.NoteLength} characters";
        if (order.Channels.Any(c => !Enum.IsDefined(c)) || order.Answers.Any(a => !Enum.IsDefined(a))) return "there is no such channel or answer";
        if (!order.On) return order.Channels.Count > 0 ? null : "say what to switch off: http, smtp, phone";
        if (order.Answers.Count == 0) return "say what to answer: for http, for smtp, for phone";
        if (order.Answers.Select(a => a.Channel()).Distinct().Count() != order.Answers.Count) return "one answer for each of http, smtp and phone";
        if (board.Count >= limits.Notices && order.Answers.Any(a => board.At(a.Channel(), target) is null)) return $"{limits.Notices} switches are on; that is the most";
        if (order.Message.Length > limits.MessageLength || HasControl(order.Message)) return $"the message is one line of at most {limits.MessageLength} characters";
        if (order.Content.Length > 0 && (!Contents.ContentVersion.IsId(order.Content) || !order.Answers.Contains(SorryAnswer.Page))) return "stored pages are named by their id, and answer http page";
        return Times(order, now) ?? Telephone(target, order) ?? Redirect(order, limits) ?? order.Answers.Select(a => Mail(board, target, a, order, now, limits)).FirstOrDefault(f => f is not null);
    }

    /// <summary>The switches of <paramref name="board"/> a person should look at now.</summary>
    public static IReadOnlyList<string> Warnings(SorryBoard board, DateTimeOffset now, SorryLimits limits) =>
    [
        .. board.Notices.Where(n => n.Answer.IsSoft() && n.InForce(now) && now - n.Since >= limits.SoftWarning)
            .Select(n => $"{n.Target}: mail has been told to wait since {n.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC; senders give up and return it after about five days"),
    ];

    private static string? Telephone(string target, SorryOrder order)
    {
        bool isPhone = order.Answers.Any(a => a.Channel() == SorryChannel.Phone);
        if (order.Automatic is not null || order.Targets.Count > 0) return "only a site gives automatic orders, by itself";
        if (SorryTarget.IsNumber(target) && order.Answers.Any(a => a.Channel() != SorryChannel.Phone)) return "a telephone number is switched with --phone alone";
        if (isPhone && target.StartsWith("*.", StringComparison.Ordinal)) return "calls are switched for a number, a trunk, or *";
        if (order.Recording.Length == 0) return null;
        return !isPhone ? "a recording is for the telephone" : Phone.SorryRecording.Parse(order.Recording) != order.Recording ? "a recording is a file of the bundle's sounds, sounds/NAME.wav" : null;
    }

    private static string? Times(SorryOrder order, DateTimeOffset now)
    {
        if (order.Until is not { } until) return null;
        return until <= now ? "the end is over already" : order.From is { } from && until <= from ? "it ends before it begins" : null;
    }

    private static string? Redirect(SorryOrder order, SorryLimits limits)
    {
        bool redirects = order.Answers.Any(a => a.IsRedirect());
        if (order.Location.Length == 0) return redirects ? "a redirect needs the address it leads to" : null;
        if (!redirects) return "an address is for a redirect";
        return order.Location.Length <= limits.LocationLength && !HasControl(order.Location) && System.Text.Ascii.IsValid(order.Location)
            && Uri.TryCreate(order.Location, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? null : "a redirect leads to an http or https address";
    }

    private static string? Mail(SorryBoard board, string target, SorryAnswer answer, SorryOrder order, DateTimeOffset now, SorryLimits limits)
    {
        if (answer.Channel() != SorryChannel.Smtp) return null;
        var hardAbove = SorryTarget.Covering(target).Skip(1).Select(t => board.At(SorryChannel.Smtp, t)).FirstOrDefault(n => n is not null && !n.Answer.IsSoft() && n.Until is null);
        if (!answer.IsSoft())
            return target.StartsWith('*') && board.Notices.FirstOrDefault(n => n.Answer.IsSoft() && n.Target != target && SorryTarget.Covering(n.Target).Contains(target)) is { } below
                ? $"{below.Target} is told to wait: when that ends its mail would be rejected; switch it off first" : null;
        if (order.Until is not { } until) return "a 4xx needs an end: senders who are told to wait must be told until when";
        if (hardAbove is not null) return $"{hardAbove.Target} is rejected: when this ends {target} would be too; one domain is never told both";
        return until - now > limits.Soft ? $"senders wait five days at most: an end within {limits.Soft.TotalDays:0} days (it may be renewed)" : null;
    }

    private static bool HasControl(string text) => text.Any(char.IsControl);
}
