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
        Assert.Contains("Last-Event-ID", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
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

    [Fact]
    public async Task A_page_elsewhere_submits_with_a_board_key_and_asks_leave_first()
    {
        var board = await server.MakeBoardAsync();
        using var leave = new HttpRequestMessage(HttpMethod.Options, board.Entries)
        {
            Headers = { { "Origin", Origin }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "content-type,x-api-key" } },
        };
        using var granted = await server.Http.SendAsync(leave);
        Assert.Equal(204, (int)granted.StatusCode);
        Assert.Equal(["POST"], granted.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Contains("Content-Type", granted.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);

        var key = await server.MakeKeyAsync(board.Tenant, """ "kind":"board","leaderboard_id":"board","origins":["https://game.example"] """);
        using var answer = await SubmitAsync(board, key);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal([Origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["ada"], (await server.Admin.GetAsync(board.Query)).Each("entries", "user_id"));
    }

    [Fact]
    public async Task A_page_elsewhere_can_read_why_it_is_refused()
    {
        var board = await server.MakeBoardAsync();
        var limited = await server.MakeKeyAsync(board.Tenant, """ "kind":"board","leaderboard_id":"board","rate_limit":{"requests":1,"seconds":3600} """);
        (await SubmitAsync(board, limited)).Dispose();
        foreach (var (key, status) in new[]
        {
            ("nonsense", 401),
            (await server.MakeKeyAsync(board.Tenant, """ "kind":"embed","leaderboard_id":"board" """), 403),
            (limited, 429),
        })
        {
            using var answer = await SubmitAsync(board, key);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(answer.Headers.GetValues("Access-Control-Allow-Origin").Single(), new[] { Origin, "*" });
            Assert.Equal(["Retry-After"], answer.Headers.GetValues("Access-Control-Expose-Headers"));
        }

        var bound = await server.MakeKeyAsync(board.Tenant, """ "kind":"board","leaderboard_id":"board","origins":["https://other.example"] """);
        using var foreign = await SubmitAsync(board, bound);
        Assert.Equal(403, (int)foreign.StatusCode);
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://münchen.example")]
    [InlineData("https://game\u0001.example")]
    public async Task An_origin_that_an_answer_cannot_repeat_is_no_browsers_and_is_answered_without_one(string origin)
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync(board.Tenant, """ "kind":"board","leaderboard_id":"board" """);
        var bound = await server.MakeKeyAsync(board.Tenant, """ "kind":"board","leaderboard_id":"board","origins":["https://game.example"] """);
        foreach (var path in (string[])[board.Query, "/api/v1/leaderboard/entries"])
        {
            var answer = await AskAsync(path, key);
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control", answer, StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 403", await AskAsync(path, bound), StringComparison.Ordinal);
        }

        Task<string> AskAsync(string path, string shown) =>
            RawHttp.SendAsync(server.Address, $"GET {path} HTTP/1.1", headers: $"Authorization: Bearer {shown}\r\nOrigin: {origin}");
    }

    private async Task<HttpResponseMessage> SubmitAsync(Board board, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, board.Entries)
        {
            Headers = { { "Origin", Origin }, { "X-API-Key", key } },
            Content = new StringContent("""{"entries":[{"user_id":"ada","score":1}]}""", System.Text.Encoding.UTF8, "application/json"),
        };
        return await server.Http.SendAsync(request);
    }
}
