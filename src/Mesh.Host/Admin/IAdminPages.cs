namespace Mesh.Host.Admin;

/// <summary>More that the admin listener answers, besides what it asks of <see cref="ISiteView"/>.</summary>
public interface IAdminPages
{
    /// <summary>Before the listener starts. What is mapped is behind <see cref="AdminAccess"/>, unless it carries <see cref="OwnAccess"/>.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Marks a page that judges itself who may ask it, more strictly than <see cref="AdminAccess"/> does.</summary>
public sealed class OwnAccess
{
    public static readonly OwnAccess Instance = new();

    private OwnAccess() { }
}
