namespace Mesh.Host.Config.Model;

/// <summary>Everything one site runs by: checked, resolved, frozen.</summary>
public sealed record SiteModel(MeshConfig Mesh, SiteConfig Site, RegistrarConfig Registrar, LawConfig Law)
{
    /// <summary>The bundle's folder as the operator named it: messages show it so.</summary>
    public required string Directory { get; init; }

    /// <summary>Lets operators in from elsewhere; null: this machine only.</summary>
    public Secret? AdminToken { get; init; }

    /// <summary>Of an admin listener over TLS, absolute paths; null when it is not.</summary>
    public AdminTlsConfig? AdminTls { get; init; }

    /// <summary>Whose status the status page shows.</summary>
    public string StatusName { get; init; } = "mesh";

    /// <summary>Where the public reaches the status page; null when nobody said.</summary>
    public Uri? StatusUrl { get; init; }

    /// <summary>Null: no mail is sent.</summary>
    public MailConfig? Mail { get; init; }

    /// <summary>trace, debug, info, warning or error.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>Absolute; null: no file.</summary>
    public string? LogFile { get; init; }

    /// <summary>Absolute, this site's own.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Absolute.</summary>
    public required string DialplanDirectory { get; init; }

    /// <summary>Absolute.</summary>
    public required string SoundsDirectory { get; init; }

    /// <summary>Absolute.</summary>
    public string SorryDirectory { get; init; } = "sorry";

    /// <summary>Where browsers reach previews; null: at the listeners of sorry, as this site knows them.</summary>
    public Uri? SorryPreviews { get; init; }

    /// <summary>Where certificates of sorry come from by themselves; null: nowhere.</summary>
    public AcmeConfig? Acme { get; init; }

    public SorryPhoneConfig SorryPhone { get; init; } = new();

    public IReadOnlyList<SorryAutomaticConfig> SorryAutomatic { get; init; } = [];

    public AlarmsConfig Alarms { get; init; } = AlarmsConfig.Default;

    /// <summary>Calls this site is only in the middle of are left to the sites on both sides.</summary>
    public bool Transfers { get; init; } = true;

    public LadderConfig Ladders { get; init; } = LadderConfig.Default;

    public TimeSpan StopAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The other sites of the mesh, in the order written.</summary>
    public IEnumerable<SiteConfig> OtherSites => Mesh.Sites.Where(s => s.Name != Site.Name);
}
