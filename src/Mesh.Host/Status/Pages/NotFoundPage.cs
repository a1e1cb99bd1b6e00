using Mesh.Host.Pages;

namespace Mesh.Host.Status.Pages;

/// <summary>What is shown for an address that leads nowhere. Its links start at the top of the listener: a wrong address has any depth.</summary>
public static class NotFoundPage
{
    public static string Write(StatusScene scene, PagePlace place) => PageFrame.Write(scene, place, place.Words.NotFound, Html.Of($"<p>{place.Words.NotFoundText}</p>"));
}
