using System.Globalization;
using System.Text;

namespace Mesh.Host.Sorry.Copies;

/// <summary>What a site's robots.txt says to us (RFC 9309): of the groups that name us, else of those for everybody, the longest rule that matches decides.</summary>
public sealed class RobotsRules
{
    /// <summary>How we are called in a robots.txt (section 2.2.1).</summary>
    public const string ProductToken = "Mesh-Sorry";

    /// <summary>Rules that are kept.</summary>
    public const int MaxRules = 1_000;

    /// <summary>Stars of one rule: what follows the last is left out of a Disallow, which then forbids more; an Allow with more is passed over.</summary>
    public const int MaxStars = 20;

    /// <summary>There is none: everything may be fetched (section 2.3.1.3).</summary>
    public static readonly RobotsRules AllowAll = new([], null);

    /// <summary>It cannot be had: nothing may be fetched (section 2.3.1.4).</summary>
    public static readonly RobotsRules DisallowAll = new([(false, "/")], null);

    private readonly IReadOnlyList<(bool Allow, string Pattern)> rules;

    private RobotsRules(IReadOnlyList<(bool, string)> rules, TimeSpan? crawlDelay) => (this.rules, CrawlDelay) = (rules, crawlDelay);

    /// <summary>Between requests, as the site asks; null when it does not. Not in RFC 9309, but asked for and honoured for decades.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <param name="pathAndQuery">As it is requested, percent-encoded.</param>
    public bool Allows(string pathAndQuery)
    {
        if (pathAndQuery == "/robots.txt") return true;
        string path = Normal(pathAndQuery);
        int longest = -1;
        bool allowed = true;
        foreach (var (allow, pattern) in rules)
        {
            // Of two as long, allow wins (section 2.2.2).
            if (pattern.Length < longest || (pattern.Length == longest && !allow) || !Matches(pattern, path)) continue;
            (longest, allowed) = (pattern.Length, allow);
        }
        return allowed;
    }

    public static RobotsRules Parse(string text)
    {
        var ours = new Group();
        var all = new Group();
        bool inOurs = false, inAll = false, naming = false;
        foreach (string line in text.Split('\n', '\r'))
        {
            string said = line.Split('#')[0];
            int colon = said.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            string key = said[..colon].Trim().TrimStart('\ufeff').ToLowerInvariant(), value = said[(colon + 1)..].Trim();
            if (key == "user-agent")
            {
                // Several in a row begin one group.
                if (!naming) (inOurs, inAll) = (false, false);
                naming = true;
                inOurs |= Token(value).Equals(ProductToken, StringComparison.OrdinalIgnoreCase);
                inAll |= value == "*";
                ours.IsThere |= inOurs;
            }
            else if (key is "allow" or "disallow" or "crawl-delay")
            {
                naming = false;
                if (inOurs) ours.Add(key, value);
                if (inAll) all.Add(key, value);
            }
        }
        var group = ours.IsThere ? ours : all;
        return new RobotsRules(group.Rules, group.Delay);
    }

    // The letters it begins with: what follows is for people.
    private static string Token(string value) => new([.. value.TakeWhile(static c => char.IsAsciiLetter(c) || c is '-' or '_')]);

    // Octets in one spelling: those that need no escape have none, the others have one in capitals (section 2.2.2).
    private static string Normal(string path)
    {
        var normal = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') normal.Append((char)octet);
                else normal.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
                i += 2;
            }
            else if (path[i] < 128) normal.Append(path[i]);
            else
            {
                int length = char.IsHighSurrogate(path[i]) && i + 1 < path.Length ? 2 : 1;
                foreach (byte b in Encoding.UTF8.GetBytes(path, i, length)) normal.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                i += length - 1;
            }
        }
        return normal.ToString();
    }

    // * is anything, $ at the end is the end. Linear in what a pattern can make it try: each star moves on only.
    private static bool Matches(string pattern, string path)
    {
        bool toEnd = pattern.EndsWith('$');
        string[] parts = (toEnd ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        int at = parts[0].Length;
        for (int i = 1; i < parts.Length; i++)
        {
            if (toEnd && i == parts.Length - 1) return path.Length - at >= parts[i].Length && path.EndsWith(parts[i], StringComparison.Ordinal);
            int found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + parts[i].Length;
        }
        return !toEnd || at == path.Length;
    }

    private sealed class Group
    {
        public List<(bool, string)> Rules { get; } = [];

        public TimeSpan? Delay { get; private set; }

        public bool IsThere { get; set; }

        public void Add(string key, string value)
        {
            if (key == "crawl-delay")
            {
                if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= TimeSpan.FromDays(1).TotalSeconds) Delay = TimeSpan.FromSeconds(seconds);
            }
            // An empty rule matches nothing.
            else if (value.Length > 0 && Rules.Count < MaxRules)
            {
                string[] parts = value.Split('*', MaxStars + 2);
                if (parts.Length <= MaxStars + 1) Rules.Add((key == "allow", Normal(value)));
                else if (key == "disallow") Rules.Add((false, Normal(string.Join('*', parts[..(MaxStars + 1)]))));
            }
        }
    }
}
