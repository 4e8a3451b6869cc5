namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>What pages of other sites may read.</summary>
[Collection<PhoenixTests>]
public sealed class BrowserTests(PhoenixServer server)
{
    private const string Origin = "https://game.example";

    [Fact]
    public async Task A_page_that_asks_leave_first_gets_it_without_a_key()
    {
        var board = await server.MakeBoardAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, $"{board.Query}/rank/ada")
        {
            Headers = { { "Origin", Origin }, { "Access-Control-Request-Method", "GET" }, { "Access-Control-Request-Headers", "x-api-key" } },
        };

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["GET"], response.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Contains("X-API-Key", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "kind":"embed","leaderboard_id":"board","origins":["https://game.example"] """, true)]
    [InlineData(""" "kind":"embed","leaderboard_id":"board" """, true)]
    [InlineData(""" "kind":"tenant","scopes":["leaderboards:read"] """, false)]
    public async Task Only_answers_to_keys_for_browsers_are_readable_elsewhere(string key, bool readable)
    {
        var board = await server.MakeBoardAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, board.Query)
        {
            Headers = { { "Origin", Origin }, { "X-API-Key", await server.MakeKeyAsync(board.Tenant, key) } },
        };

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(readable, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == Origin);
    }
}
