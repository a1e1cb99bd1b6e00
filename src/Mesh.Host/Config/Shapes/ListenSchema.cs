using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Config.Shapes;

/// <summary>The listeners of a site.</summary>
public static class ListenSchema
{
    public static readonly Scalar<Model.ListenAddress> Sip = Addresses.Listen("udp", "tcp", "tls", "ws", "wss");
    public static readonly Scalar<Model.ListenAddress> Iax2 = Addresses.Listen("udp");
    public static readonly Scalar<Model.ListenAddress> Admin = Addresses.Listen("http", "https");
    public static readonly Scalar<Model.ListenAddress> Status = Addresses.Listen("http");
    public static readonly Scalar<Model.ListenAddress> SorryHttp = Addresses.Listen("http");
    public static readonly Scalar<Model.ListenAddress> SorryHttps = Addresses.Listen("https");
    public static readonly Scalar<Model.ListenAddress> SorrySmtp = Addresses.Listen("smtp");

    public static readonly Scalar<Model.ListenAddress> Customers = Addresses.Listen("http", "https");

    public static readonly SectionShape Sorry = new("sorry",
    [
        new("http", new ScalarShape(SorryHttp), "Pages that say sorry."),
        new("https", new ScalarShape(SorryHttps), "The same over TLS."),
        new("smtp", new ScalarShape(SorrySmtp), "Mail that is answered with sorry."),
    ]);

    public static readonly SectionShape Listen = new("listen",
    [
        new("sip", new ListShape(new ScalarShape(Sip)), "SIP: udp and tcp, with a port and, if not the site's, an address.") { Default = "udp:5060, tcp:5060" },
        new("iax2", new ScalarShape(Iax2), "IAX2.") { Default = "udp:4569" },
        new("rtp", new ScalarShape(Addresses.Ports), "The UDP ports of audio.") { Default = "20000-29999" },
        new("admin", new ScalarShape(Admin), "Operators: console, health, metrics. Not for the public. https needs `admin.certificate` and `admin.key`.") { Default = "http:8080" },
        new("status", new ScalarShape(Status), "The public status page.") { Default = "http:8081" },
        new("second", new ScalarShape(Admin), "The admin listener of a second process of the site, `mesh run --only sorry,status`; other sites reach it there. Absent: there is none."),
        new("sorry", Sorry, "What says sorry when a site is down; only what is given is listened on."),
        new("customers", new ScalarShape(Customers), "Where customers upload pages for their hosts and switch them on."),
    ]);
}
