using System.Net;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Tests.Admin;

public class AdminListenerTests
{
    [Theory]
    [InlineData(SiteState.Starting, 503, "starting")]
    [InlineData(SiteState.Ready, 200, "ready")]
    [InlineData(SiteState.Draining, 503, "draining")]
    public async Task Readiness_follows_the_site_and_liveness_does_not(SiteState state, int status, string word)
    {
        await using var site = await FakeSiteView.Listen(new FakeSiteView { State = state }, "127.77.4.1", null);
        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        using var ready = await http.GetAsync("/readyz");
        Assert.Equal((status, word), ((int)ready.StatusCode, (await ready.Content.ReadAsStringAsync()).Trim()));
        Assert.Equal("live", (await http.GetStringAsync("/livez")).Trim());
    }

    [Fact]
    public async Task The_api_is_json_and_metrics_are_prometheus_text()
    {
        await using var site = await FakeSiteView.Listen(new FakeSiteView(), "127.77.4.2", null);
        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        using var calls = JsonDocument.Parse(await http.GetStringAsync("/api/calls"));
        var call = calls.RootElement[0];
        Assert.Equal("o-1", call.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, call.GetProperty("answeredAt").ValueKind);
        Assert.Equal("ringing", call.GetProperty("legs")[0].GetProperty("state").GetString());

        using var metrics = await http.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        string text = await metrics.Content.ReadAsStringAsync();
        Assert.Contains("# TYPE mesh_ready gauge\nmesh_ready 1\n", text);
        Assert.Contains("mesh_calls{state=\"ringing\"} 1\n", text);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync("/api/reload")).StatusCode);
    }
}
