using System.Text.Json;
using System.Text.RegularExpressions;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

public sealed partial class ProbeTests : IAsyncLifetime
{
    private FrontendHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_running_process_is_alive_and_ready()
    {
        var alive = await _host.SendAsync(HttpMethod.Get, "/health");
        var ready = await _host.SendAsync(HttpMethod.Get, "/ready");

        Assert.Equal((200, """{"status":"alive"}"""), (alive.Status, alive.Body));
        Assert.Equal((200, """{"status":"ready"}"""), (ready.Status, ready.Body));
        Assert.Equal(200, (await _host.SendAsync(HttpMethod.Head, "/ready")).Status);
    }

    [Fact]
    public async Task A_page_of_any_site_may_ask_whether_it_is_alive()
    {
        var preflight = await _host.SendAsync(HttpMethod.Options, "/health");
        var alive = await _host.SendAsync(HttpMethod.Get, "/health");

        Assert.Equal(204, preflight.Status);
        Assert.Contains("X-API-Key", preflight.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
        Assert.Equal(("*", "cross-origin"), (alive.Headers["Access-Control-Allow-Origin"], alive.Headers["Cross-Origin-Resource-Policy"]));
    }

    [Fact]
    public async Task A_process_that_has_served_stays_ready_without_its_store_and_says_so()
    {
        Assert.Equal(200, (await _host.SendAsync(HttpMethod.Get, "/ready")).Status);
        _host.Grains.Fail<IDirectory>();

        var ready = await _host.SendAsync(HttpMethod.Get, "/ready");
        Assert.Equal((200, """{"status":"storage does not answer"}"""), (ready.Status, ready.Body));
    }

    [Fact]
    public async Task Without_its_store_a_process_is_alive_and_does_not_begin_to_be_ready()
    {
        _host.Grains.Fail<IDirectory>();

        Assert.Equal(200, (await _host.SendAsync(HttpMethod.Get, "/health")).Status);
        var ready = await _host.SendAsync(HttpMethod.Get, "/ready");
        Assert.Equal((503, """{"status":"storage does not answer"}"""), (ready.Status, ready.Body));
    }

    [Fact]
    public async Task The_description_of_the_api_is_json()
    {
        var answer = await _host.SendAsync(HttpMethod.Get, "/openapi/v1.json");

        Assert.Equal(200, answer.Status);
        using var document = JsonDocument.Parse(answer.Body);
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/leaderboard/scores", out _));
    }

    [Fact]
    public async Task The_page_of_the_api_loads_everything_from_this_server()
    {
        var page = await _host.SendAsync(HttpMethod.Get, "/docs/index.html");
        Assert.Equal(200, page.Status);
        Assert.Contains("default-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);

        var parts = Reference().Matches(page.Body).Select(static match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(parts);
        Assert.All(parts, static part => Assert.DoesNotContain("//", part, StringComparison.Ordinal));
        foreach (var part in parts)
            Assert.Equal(200, (await _host.SendAsync(HttpMethod.Get, $"/docs/{part}")).Status);
        Assert.Contains("/openapi/v1.json", (await _host.SendAsync(HttpMethod.Get, "/docs/index.js")).Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
