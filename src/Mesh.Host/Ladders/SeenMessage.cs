using System.Text;

namespace Mesh.Host.Ladders;

/// <summary>A message as one site recorded it, on its way to be matched with what another recorded.</summary>
internal sealed class SeenMessage(SiteLadder site, SiteLeg leg, SiteMessage message)
{
    public string Site => site.Site;

    public SiteLeg Leg => leg;

    public SiteMessage Message => message;

    /// <summary>The same for the same octets.</summary>
    public string Octets { get; } = Encoding.Latin1.GetString(message.Octets);

    /// <summary>When, by the first site's clock.</summary>
    public long At { get; set; } = message.At;

    /// <summary>The other end's record of it; null when there is none.</summary>
    public SeenMessage? Other { get; set; }
}
