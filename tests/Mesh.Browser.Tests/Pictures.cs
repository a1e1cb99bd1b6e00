namespace Mesh.Browser.Tests;

/// <summary>Pictures for the documents, taken on the way by tests that have the trait <c>Pictures</c>; <c>docs/screenshots.sh</c> keeps them, other runs only see that they can be taken.</summary>
public static class Pictures
{
    public const string Trait = "Pictures", Docs = "docs";

    /// <summary>More would make the repository heavy.</summary>
    private const int MostOctets = 150_000;

    /// <param name="height">Of what is shown from the top; CSS pixels.</param>
    public static async Task TakeAsync(IPage page, string name, int height)
    {
        int width = page.ViewportSize!.Width;
        await page.SetViewportSizeAsync(width, height);
        byte[] picture = await page.ScreenshotAsync(new() { Type = ScreenshotType.Png });
        Assert.InRange(picture.Length, 5_000, MostOctets);
        if (Environment.GetEnvironmentVariable("MESH_PICTURES") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
    }
}
