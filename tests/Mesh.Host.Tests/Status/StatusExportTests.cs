using System.Net;
using Mesh.Host.Commands;
using Mesh.Host.Status;

namespace Mesh.Host.Tests.Status;

public sealed class StatusExportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-export-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_command_copies_every_page_and_their_links_lead_to_files()
    {
        await using var listener = await StatusListening.Listen("127.63.0.4", [StatusScenes.Incident(), StatusScenes.Past("i-3", 90)]);
        var output = new StringWriter();
        string target = Path.Combine(folder.FullName, "site");
        int exit = await new MeshCommandLine(new Terminal(output, output, new Dictionary<string, string>()), null, null).RunAsync(["status", "export", target, "--url", listener.Url]);
        Assert.True(exit == ExitCode.Ok, output.ToString());
        var pages = Directory.EnumerateFiles(target, "*.html", SearchOption.AllDirectories).ToArray();
        Assert.Contains(Path.Combine(target, "index.html"), pages);
        Assert.Contains(Path.Combine(target, "de", "incidents", "i-7", "index.html"), pages);
        Assert.True(pages.Length >= 18);
        foreach (string page in pages)
            foreach (string href in StatusScenes.Parse(File.ReadAllText(page)).Descendants().Select(e => e.Get("href")).OfType<string>().Where(h => !h.StartsWith('#')))
            {
                string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, href));
                Assert.True(File.Exists(href.EndsWith('/') ? Path.Combine(file, "index.html") : file), $"{page}: {href}");
            }
        Assert.Contains("Calls to Manchester fail", File.ReadAllText(Path.Combine(target, "feed.atom")));
        Assert.Empty(Directory.EnumerateFiles(target, "*.part", SearchOption.AllDirectories));
        // Again, over itself.
        Assert.Equal(ExitCode.Ok, await new MeshCommandLine(new Terminal(output, output, new Dictionary<string, string>()), null, null).RunAsync(["status", "export", target, "--url", listener.Url]));
    }

    [Theory]
    [InlineData("../outside.html")]
    [InlineData("%2e%2e/outside.html")]
    [InlineData("/etc/outside")]
    public async Task A_path_outside_the_folder_is_refused(string path)
    {
        using var http = new HttpClient(new Listed(path)) { BaseAddress = new Uri("http://status.example/") };
        await Assert.ThrowsAsync<IOException>(() => new StatusExport(http, Path.Combine(folder.FullName, "in")).RunAsync(CancellationToken.None));
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_page_that_does_not_answer_has_its_exit_code()
    {
        var output = new StringWriter();
        Assert.Equal(ExitCode.NotReachable, await new MeshCommandLine(new Terminal(output, output, new Dictionary<string, string>()), null, null).RunAsync(["status", "export", folder.FullName, "--url", "http://127.63.0.5:9"]));
        Assert.Equal(ExitCode.Usage, await new MeshCommandLine(new Terminal(output, output, new Dictionary<string, string>()), null, null).RunAsync(["status", "export", folder.FullName, "--url", "gopher"]));
    }

    private sealed class Listed(string path) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancelled) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.RequestUri!.AbsolutePath == "/paths.txt" ? path + "\n" : "content") });
    }
}
