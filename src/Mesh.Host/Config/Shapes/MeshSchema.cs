using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Config.Shapes;

/// <summary>The whole schema of mesh.yaml: the one place that knows every key.</summary>
public static class MeshSchema
{
    public static readonly SectionShape Site = new("site",
    [
        new("host", new ScalarShape(Addresses.Ip), "The address the other sites and the phones reach it at; its listeners bind to it.") { Required = true },
        new("id", new ScalarShape(Words.SiteId), "Its short name in the path of a hop header; derived from the name when absent."),
    ]);

    public static readonly SectionShape Root = new("mesh",
    [
        new("name", new ScalarShape(Words.Name), "The mesh's name.") { Required = true, MeshOnly = true },
        new("sites", new MapShape("site", Words.Name, Site), "The mesh: every site holds a trunk to every other.") { Required = true, MeshOnly = true },
        new("mesh_key", SecretSchema.Secret, "The key that signs what the sites send each other; `mesh provision key` makes one."),
        new("mesh_seal", new ScalarShape(Words.Switch), "Encrypt and authenticate the datagrams between our sites (AES-256-GCM).") { Default = "on" },
        new("mesh_trunk", new ScalarShape(Words.Switch), "Pack the audio of several calls between two of our sites into one datagram.") { Default = "on" },
        new("mesh_trunk_mtu", new ScalarShape(TrunkSchema.SiteMtu), "Octets of such a datagram at most, without the headers of IP and UDP and the seal.") { Default = "1340" },
        new("mesh_transfer", new ScalarShape(Words.Switch), "A site in the middle of a call between two others leaves it, when its dialplan has nothing more to do.") { Default = "on" },
        new("listen", ListenSchema.Listen, "Where this site listens."),
        new("people", new MapShape("person", Telephony.Extension, PeopleSchema.Person), "Who has which number.") { MeshOnly = true },
        new("phones", new MapShape("phone", Words.Name, PeopleSchema.Phone), "The devices that may register.") { MeshOnly = true },
        new("peers", new MapShape("peer", Words.Name, TrunkSchema.Peer), "Other IAX2 systems, never one of our sites."),
        new("trunks", new MapShape("trunk", Words.Name, TrunkSchema.Trunk), "Carriers."),
        new("registrar", RunSchema.Registrar, "How long and how often phones register."),
        new("law", RunSchema.Law, "What one call may cause."),
        new("ladders", RunSchema.Ladders, "What is recorded of calls, to be looked at live and after."),
        new("admin", RunSchema.Admin, "Who may use the admin listener from outside this machine."),
        new("status", RunSchema.Status, "What the public status page says of itself."),
        new("mail", MailSchema.Mail, "How mail goes out: the status page tells its subscribers by it."),
        new("log", RunSchema.Log, "What is logged, and where."),
        new("data", new ScalarShape(Words.FilePath), "The folder of what a site keeps (bindings, CDRs); each site has its own inside.") { Default = "data" },
        new("dialplan", new ScalarShape(Words.FilePath), "The folder of the dialplan's *.csx.") { Default = "dialplan" },
        new("sounds", new ScalarShape(Words.FilePath), "The folder of the sounds a dialplan plays.") { Default = "sounds" },
        new("sorry", AcmeSchema.Sorry, "What says sorry for what is down. A text in its place is its folder."),
        new("alarms", SorrySchema.Alarms, "What drafts an incident."),
        new("stop_after", new ScalarShape(Numbers.Duration(TimeSpan.Zero, TimeSpan.FromHours(4))), "How long a stopping site lets its calls finish.") { Default = "10s" },
    ]);
}
