namespace Mesh.Host.Admin;

/// <summary>What a site is doing, as <c>/readyz</c> tells load balancers: 200 only when <see cref="Ready"/>.</summary>
public enum SiteState
{
    Starting,
    Ready,
    /// <summary>New calls go elsewhere, those in progress finish.</summary>
    Draining,
}
