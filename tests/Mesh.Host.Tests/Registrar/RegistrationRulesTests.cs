using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Io;

namespace Mesh.Host.Tests.Registrar;

/// <summary>RFC 3261 section 10.3, case by case.</summary>
public class RegistrationRulesTests
{
    private const long Now = 1_000_000;
    private static readonly RegistrarConfig Limits = new(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), ContactsPerPhone: 3, Contacts: 100);
    private static readonly NetAddress From = NetAddress.Parse("127.0.0.1:5062");

    /// <param name="Contacts">uri, or uri=expires, blank between; a star; "?" for one that does not read.</param>
    /// <param name="Changes">What comes of it: +new ~refreshed !replaced -removed, each with its URI and seconds.</param>
    public sealed record Case(string Name, string Existing, string Contacts, uint? Expires, string CallId, uint CSeq, int Status, string Changes = "")
    {
        public override string ToString() => Name;
    }

    public static readonly Case[] Cases =
    [
        new("a question changes nothing", "sip:a@h", "", null, "c1", 2, 200),
        new("a first contact, default expiry", "", "sip:a@h", null, "c1", 1, 200, "+sip:a@h 1800"),
        new("the Expires header", "", "sip:a@h", 600, "c1", 1, 200, "+sip:a@h 600"),
        new("the contact's own expiry wins", "", "sip:a@h=120", 600, "c1", 1, 200, "+sip:a@h 120"),
        new("too long is cut", "", "sip:a@h=86400", null, "c1", 1, 200, "+sip:a@h 3600"),
        new("too brief", "", "sip:a@h=59", null, "c1", 1, 423),
        new("just long enough", "", "sip:a@h=60", null, "c1", 1, 200, "+sip:a@h 60"),
        new("one of two too brief refuses both", "", "sip:a@h=600 sip:b@h=5", null, "c1", 1, 423),
        new("a refresh", "sip:a@h", "sip:a@h", 600, "c1", 2, 200, "~sip:a@h 600"),
        new("an equal URI is the same contact", "sip:a@h", "sip:a@H", 600, "c1", 2, 200, "!sip:a@H 600"),
        new("a port makes another contact", "sip:a@h", "sip:a@h:5060", 600, "c1", 2, 200, "+sip:a@h:5060 600"),
        new("the user's case counts", "sip:a@h", "sip:A@h", 600, "c1", 2, 200, "+sip:A@h 600"),
        new("out of order", "sip:a@h", "sip:a@h", 600, "c1", 1, 500),
        new("older still", "sip:a@h", "sip:a@h", 600, "c1", 0, 500),
        new("out of order refuses the new one too", "sip:a@h", "sip:b@h sip:a@h", 600, "c1", 1, 500),
        new("another Call-ID has its own order", "sip:a@h", "sip:a@h", 600, "c2", 1, 200, "~sip:a@h 600"),
        new("removed by its own expiry", "sip:a@h sip:b@h", "sip:a@h=0", null, "c1", 2, 200, "-sip:a@h"),
        new("removed by the header", "sip:a@h", "sip:a@h", 0, "c1", 2, 200, "-sip:a@h"),
        new("removing what is not there", "", "sip:a@h=0", null, "c1", 2, 200),
        new("removing out of order", "sip:a@h", "sip:a@h=0", null, "c1", 1, 500),
        new("the star removes all", "sip:a@h sip:b@h", "*", 0, "c1", 2, 200, "-sip:a@h -sip:b@h"),
        new("the star with another Call-ID", "sip:a@h", "*", 0, "c9", 1, 200, "-sip:a@h"),
        new("the star out of order", "sip:a@h", "*", 0, "c1", 1, 500),
        new("the star without Expires", "sip:a@h", "*", null, "c1", 2, 400),
        new("the star with Expires not 0", "sip:a@h", "*", 60, "c1", 2, 400),
        new("the star beside another", "sip:a@h", "* sip:a@h", 0, "c1", 2, 400),
        new("what does not read", "", "sip:a@h ?", 600, "c1", 2, 400),
        new("as many as may be", "sip:a@h sip:b@h", "sip:c@h", 600, "c1", 2, 200, "+sip:c@h 600"),
        new("one too many", "sip:a@h sip:b@h sip:c@h", "sip:d@h", 600, "c1", 2, 403),
        new("one for another is not too many", "sip:a@h sip:b@h sip:c@h", "sip:a@h=0 sip:d@h", 600, "c1", 2, 200, "-sip:a@h +sip:d@h 600"),
        new("the same twice, the last counts", "", "sip:a@h=600 sip:a@h=700", null, "c1", 1, 200, "+sip:a@h 700"),
        new("added and removed at once", "", "sip:a@h=600 sip:a@h=0", null, "c1", 1, 200),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_the_RFC_says(string name)
    {
        var c = Cases.Single(x => x.Name == name);
        long row = 0;
        var current = c.Existing.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(uri => Bound(uri, ++row)).ToList();
        var contacts = c.Contacts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var request = new RegistrationRequest
        {
            Account = "alice",
            AddressOfRecord = "alice",
            Contacts = [.. contacts.Where(t => t is not ("*" or "?")).Select(t => t.Split('=')).Select(p => new ContactRequest(p[0], p.Length > 1 ? uint.Parse(p[1]) : null))],
            HasStar = contacts.Contains("*"),
            HasUnreadable = contacts.Contains("?"),
            Expires = c.Expires,
            CallId = c.CallId,
            CSeq = c.CSeq,
            Received = From,
        };
        var decision = RegistrationRules.Decide(current, request, Limits, Now, () => ++row);
        Assert.Equal(c.Status, decision.Status);
        Assert.Equal(c.Status == 423 ? 60u : 0u, decision.MinExpires);
        Assert.Equal(c.Changes, string.Join(' ', decision.Changes.Select(x => Told(x, current))));
    }

    [Fact]
    public void Nobody_registers_for_another() => Assert.Equal(403, Decide([], Request("sip:a@h") with { AddressOfRecord = "bob" }).Status);

    [Fact]
    public void The_same_flow_of_a_device_replaces_its_contact()
    {
        var old = Bound("sip:a@old", 7) with { Instance = "<urn:uuid:1>", RegId = 1 };
        var contact = new ContactRequest("sip:a@new", 600) { Instance = "<urn:uuid:1>", RegId = 1 };
        var change = Assert.Single(Decide([old], Request() with { Contacts = [contact] }).Changes);
        Assert.Equal((BindingChangeKind.Put, 7L, "sip:a@new"), (change.Kind, change.Binding.Row, change.Binding.ContactUri));
        var other = Assert.Single(Decide([old], Request() with { Contacts = [contact with { RegId = 2 }] }).Changes);
        Assert.Equal(100L, other.Binding.Row);
    }

    [Fact]
    public void A_phone_that_moved_is_written_whole()
    {
        var change = Assert.Single(Decide([Bound("sip:a@h", 7)], Request("sip:a@h") with { Received = NetAddress.Parse("127.0.0.1:6000") }).Changes);
        Assert.Equal((BindingChangeKind.Put, 7L), (change.Kind, change.Binding.Row));
    }

    [Fact]
    public void A_device_at_one_place_leaves_the_other()
    {
        var request = Request("iax2:fax@127.0.0.1:4570") with { Technology = BindingTechnology.Iax2, OnePlace = true, CallId = "" };
        var changes = Decide([Bound("iax2:fax@127.0.0.1:4569", 7)], request).Changes;
        Assert.Equal([(BindingChangeKind.Put, 100L), (BindingChangeKind.Remove, 7L)], changes.Select(c => (c.Kind, c.Binding.Row)));
    }

    private static RegistrationDecision Decide(IReadOnlyList<Binding> current, RegistrationRequest request) => RegistrationRules.Decide(current, request, Limits, Now, () => 100);

    private static RegistrationRequest Request(params string[] uris) => new()
    {
        Account = "alice", AddressOfRecord = "alice", Contacts = [.. uris.Select(u => new ContactRequest(u, 600))], CallId = "c1", CSeq = 2, Received = From,
    };

    private static Binding Bound(string uri, long row) => new() { Row = row, Account = "alice", ContactUri = uri, Received = From, CallId = "c1", CSeq = 1, ExpiresAtMs = Now + 10_000 };

    private static string Told(BindingChange change, List<Binding> current) => change.Kind switch
    {
        BindingChangeKind.Remove => $"-{change.Binding.ContactUri}",
        BindingChangeKind.Refresh => $"~{change.Binding.ContactUri} {change.Binding.ExpiresInSeconds(Now)}",
        _ => $"{(current.Any(b => b.Row == change.Binding.Row) ? '!' : '+')}{change.Binding.ContactUri} {change.Binding.ExpiresInSeconds(Now)}",
    };
}
