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

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", null, null, null)]
    [InlineData("::1", "::1", null, null, null)]
    [InlineData("::ffff:127.0.0.5", "::ffff:127.0.0.1", null, null, null)]
    [InlineData("192.0.2.1", "192.0.2.1", null, null, null)]
    [InlineData("192.0.2.9", "192.0.2.1", null, null, 403)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmein", null, 403)]
    [InlineData("192.0.2.9", "192.0.2.1", null, "letmein", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmeout", "letmein", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Basic letmein", "letmein", 401)]
    [InlineData("192.0.2.9", "192.0.2.1", "Bearer letmein", "letmein", null)]
    public void Only_this_machine_and_the_token_are_let_in(string remote, string local, string? authorization, string? token, int? status)
    {
        var access = new AdminAccess(token is null ? null : new Secret(token));
        Assert.Equal(status, access.Judge(IPAddress.Parse(remote), IPAddress.Parse(local), authorization));
        Assert.Equal(status is null ? 0 : 1, access.Refused);
    }
}
