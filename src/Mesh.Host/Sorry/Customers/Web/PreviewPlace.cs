using Mesh.Host.Config.Model;
using Mesh.Host.Sorry.Contents;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>Where previews are: at the listeners of sorry, never at this one, so that nothing uploaded is ever of the origin of customers' forms.</summary>
/// <param name="elsewhere">Where browsers reach those listeners, when it is not the host they ask here and the port we have.</param>
public sealed class PreviewPlace(SorryListenConfig listen, ISiteContents contents, Uri? elsewhere)
{
    public string Of(HttpRequest request, ContentVersion version)
    {
        if (elsewhere is not null) return new Uri(elsewhere, contents.PreviewPath(version)[1..]).ToString();
        bool isSecure = listen.Https is not null && (request.IsHttps || listen.Http is null);
        int port = (isSecure ? listen.Https : listen.Http)?.Port ?? 80;
        string host = request.Host.Host is { Length: > 0 } name ? name : "localhost";
        return $"{(isSecure ? "https" : "http")}://{host}:{port}{contents.PreviewPath(version)}";
    }
}
