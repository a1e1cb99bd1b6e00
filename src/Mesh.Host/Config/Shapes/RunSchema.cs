using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Config.Shapes;

/// <summary>How a site runs: limits, logs, access.</summary>
public static class RunSchema
{
    public static readonly Scalar<TimeSpan> Expiry = Numbers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
    public static readonly Scalar<string> Level = Words.OneOf("trace", "debug", "info", "warning", "error");

    public static readonly SectionShape Registrar = new("registrar",
    [
        new("min_expires", new ScalarShape(Expiry), "A phone asking for less is told 423 and this.") { Default = "60s" },
        new("default_expires", new ScalarShape(Expiry), "For a phone that does not ask.") { Default = "1h" },
        new("max_expires", new ScalarShape(Expiry), "A phone asking for more gets this.") { Default = "1h" },
        new("contacts_per_phone", new ScalarShape(Numbers.Count(1, 100)), "Most places one phone may be registered from.") { Default = "10" },
        new("contacts", new ScalarShape(Numbers.Count(1, 10_000_000)), "Most bindings of the site.") { Default = "100000" },
    ]);

    public static readonly SectionShape Law = new("law",
    [
        new("legs_per_call", new ScalarShape(Numbers.Count(1, 1_000)), "B0: the legs one call may cause over the whole mesh.") { Default = "40" },
        new("hops", new ScalarShape(Numbers.Count(1, 16)), "H: sites a call may pass through after the first.") { Default = "4" },
        new("diversions", new ScalarShape(Numbers.Count(0, 16)), "D: forwards a call may make.") { Default = "3" },
        new("setup_time", new ScalarShape(Numbers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10))), "T: how long a call may ring in all.") { Default = "180s" },
        new("leaf_legs", new ScalarShape(Numbers.Count(1, 100)), "The legs a call from a system that knows no hop header may cause here.") { Default = "4" },
        new("ringing_per_callee", new ScalarShape(Numbers.Count(1, 100)), "Legs that ring for one person at once.") { Default = "8" },
        new("calls_per_phone", new ScalarShape(Numbers.Count(1, 1_000)), "Calls one phone account may have at once.") { Default = "10" },
        new("legs_per_site", new ScalarShape(Numbers.Count(1, 1_000_000)), "G: legs this site may have at once; half of them to one peer.") { Default = "4000" },
    ]);

    public static readonly SectionShape Ladders = new("ladders",
    [
        new("calls", new ScalarShape(Numbers.Count(0, 1_000_000)), "Calls whose messages are kept in memory; 0 records nothing.") { Default = "2000" },
        new("megabytes", new ScalarShape(Numbers.Count(1, 2_000)), "Memory for those messages; the call that ended first is dropped for a new one.") { Default = "32" },
    ]);

    public static readonly SectionShape Admin = new("admin",
    [
        new("token", SecretSchema.Secret, "Lets a client from elsewhere in, as `Authorization: Bearer TOKEN`; and signs people in at the console; without it only this machine is let in."),
        new("certificate", new ScalarShape(Words.FilePath), "Of an admin listener that is https: a PEM file, leaf first."),
        new("key", new ScalarShape(Words.FilePath), "Its key, a PEM file."),
        new("clients", new ScalarShape(Words.FilePath), "A PEM file of authorities: whoever has a client certificate of one of them is let in."),
    ]);

    public static readonly SectionShape Status = new("status",
    [
        new("name", new ScalarShape(Words.Text), "Whose status it is, in its title; the mesh's name when absent."),
        new("url", new ScalarShape(Addresses.Web), "Where the public reaches it; with `mail` it takes subscriptions, and mails link there."),
    ]);

    public static readonly SectionShape Log = new("log",
    [
        new("level", new ScalarShape(Level), "The least that is logged.") { Default = "info" },
        new("file", new ScalarShape(Words.FilePath), "Also log to this file, a new one every day, 14 kept."),
    ]);
}
