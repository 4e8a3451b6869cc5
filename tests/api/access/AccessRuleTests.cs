using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Which admitted keys reach which tenant and board.</summary>
public sealed class AccessRuleTests : IAsyncLifetime
{
    private FrontendHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync(map: static app =>
    {
        RequestDelegate ok = static context => context.Response.WriteAsync("served");
        app.MapGet("/leaderboards/probe/{tenant_id}/{leaderboard_id}", ok)
            .Admit(KeyKinds.Admin | KeyKinds.Tenant | KeyKinds.Board | KeyKinds.Embed, Scopes.LeaderboardsRead);
        app.MapGet("/leaderboards/probe/{tenant_id}", ok).Admit(KeyKinds.Admin | KeyKinds.Tenant, Scopes.LeaderboardsWrite);
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_admin_key_reaches_everything()
    {
        Assert.Equal(200, await StatusAsync("/leaderboards/probe/acme/board", FrontendHost.AdminKey));
        Assert.Equal(200, await StatusAsync("/leaderboards/probe/other", _host.Keys.Make(KeyKinds.Admin)));
    }

    [Theory]
    [InlineData("/leaderboards/probe/acme/board", "leaderboards:read", 200)]
    [InlineData("/leaderboards/probe/acme/board", "leaderboards:write", 200)]
    [InlineData("/leaderboards/probe/acme/board", "scores:write", 403)]
    [InlineData("/leaderboards/probe/acme/board", "", 403)]
    [InlineData("/leaderboards/probe/acme", "leaderboards:read", 403)]
    [InlineData("/leaderboards/probe/acme", "leaderboards:write", 200)]
    [InlineData("/leaderboards/probe/other/board", "leaderboards:read", 403)]
    [InlineData("/leaderboards/probe/ACME/board", "leaderboards:read", 403)]
    public async Task A_tenant_key_reaches_its_tenant_within_its_scopes(string path, string scope, int status) =>
        Assert.Equal(status, await StatusAsync(path, _host.Keys.Make(KeyKinds.Tenant, "acme", scopes: [scope])));

    [Theory]
    [InlineData(KeyKinds.Board, "/leaderboards/probe/acme/board", 200)]
    [InlineData(KeyKinds.Embed, "/leaderboards/probe/acme/board", 200)]
    [InlineData(KeyKinds.Board, "/leaderboards/probe/acme/other", 403)]
    [InlineData(KeyKinds.Embed, "/leaderboards/probe/acme/other", 403)]
    [InlineData(KeyKinds.Embed, "/leaderboards/probe/other/board", 403)]
    [InlineData(KeyKinds.Embed, "/leaderboards/probe/acme", 403)]
    [InlineData(KeyKinds.Game, "/leaderboards/probe/acme/board", 403)]
    [InlineData(KeyKinds.Client, "/leaderboards/probe/acme/board", 403)]
    public async Task A_bound_key_reaches_its_board_alone(KeyKinds kind, string path, int status) =>
        Assert.Equal(status, await StatusAsync(path, _host.Keys.Make(kind, "acme", "board")));

    [Theory]
    [InlineData(null, 200)]
    [InlineData("https://game.example", 200)]
    [InlineData("https://GAME.example", 200)]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    public async Task An_origin_list_binds_browsers(string? origin, int status)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/leaderboards/probe/acme/board");
        request.Headers.Add("X-API-Key", _host.Keys.Make(KeyKinds.Embed, "acme", "board", origins: ["https://game.example"]));
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        Assert.Equal(status, (await _host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task What_a_key_may_read_is_kept_by_no_cache() =>
        Assert.Equal("no-store", (await _host.SendAsync(HttpMethod.Get, "/leaderboards/probe/acme/board", FrontendHost.AdminKey)).Headers["Cache-Control"]);

    [Fact]
    public async Task A_key_sent_twice_is_no_key()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/leaderboards/probe/acme/board");
        request.Headers.Add("X-API-Key", [FrontendHost.AdminKey, FrontendHost.AdminKey]);

        Assert.Equal(401, (await _host.SendAsync(request)).Status);
    }

    private async Task<int> StatusAsync(string path, string key) => (await _host.SendAsync(HttpMethod.Get, path, key)).Status;
}
