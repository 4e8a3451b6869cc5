using System.Text.Json;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Paths that mean one thing to whoever wrote them and another to a server that tidies them up.</summary>
[Collection<PhoenixTests>]
public sealed class PathTests(PhoenixServer server)
{
    [Theory]
    [InlineData("players/..")]
    [InlineData("players/%2E%2E")]
    [InlineData("players/.%2e")]
    [InlineData("players/%2e")]
    [InlineData("leaderboards/board/entries/%2E%2E/..")]
    [InlineData("leaderboards/board/entries/%2E%2E")]
    public async Task Dot_segments_delete_nothing(string rest)
    {
        var board = await server.MakeBoardAsync();

        var answer = await RawHttp.SendAsync(server.Address, $"DELETE /tenants/{board.Tenant}/{rest} HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        var body = JsonSerializer.Deserialize<JsonElement>(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.True(body.GetProperty("error").GetProperty("status").GetInt32() is 400 or 404 or 405);
        (await server.Admin.GetAsync($"/tenants/{board.Tenant}")).Is(200);
        (await server.Admin.GetAsync(board.Path)).Is(200);
    }

    [Fact]
    public async Task A_request_that_names_the_host_in_its_line_is_understood()
    {
        var tenant = await server.MakeTenantAsync();

        var answer = await RawHttp.SendAsync(
            server.Address, $"PUT {server.Address.GetLeftPart(UriPartial.Authority)}/tenants/{tenant}/players/ada?x=/y HTTP/1.1", "{}");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Equal("ada", (await server.Admin.GetAsync($"/tenants/{tenant}/players/ada")).Is(200).Text("user_id"));
    }

    [Fact]
    public async Task A_trailing_slash_does_not_change_the_id()
    {
        var tenant = await server.MakeTenantAsync();
        (await server.Admin.PutAsync($"/tenants/{tenant}/players/ada", "{}")).Is(200);

        Assert.Equal("ada", (await server.Admin.GetAsync($"/tenants/{tenant}/players/ada/")).Is(200).Text("user_id"));
    }
}
