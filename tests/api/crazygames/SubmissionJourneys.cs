using System.Globalization;
using System.Text.Json;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Scores on their whole way: in through the dialect, through the real grains into a real database, and out as standings.</summary>
public sealed class SubmissionJourneys : IAsyncLifetime
{
    private const string OpenBoard = """
        "preset":"crazygames","config":{"submission":{"registry":"open","min_score":0,"max_score":1000},"timeframe":{"type":"all_time"}}
        """;

    private const string AllApplied = """{"success":true,"total":1,"successCount":1,"failureCount":0,"errors":[]}""";

    private LaurelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LaurelServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Scores_are_ranked_and_still_there_after_a_restart()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard);

        var answer = await _server.SubmitAsync(key, Batch(("ann", 5), ("bob", 7.25), ("cid", 7.25), ("bob", 6), ("ann", 9)));

        Assert.Equal("""{"success":true,"total":5,"successCount":5,"failureCount":0,"errors":[]}""", answer.Body);
        (string, double)[] expected = [("ann", 9), ("bob", 7.25), ("cid", 7.25)];
        Assert.Equal(expected, await _server.StandingsAsync("board"));

        await _server.RestartAsync();
        Assert.Equal(expected, await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_strict_register_tells_unknown_hidden_and_impossible_scores_apart()
    {
        var key = await _server.MakeBoardAsync(
            "board", "\"preset\":\"crazygames\",\"config\":{\"submission\":{\"registry\":\"strict\",\"max_score\":1000}}");
        await _server.PutPlayerAsync("ann");
        await _server.PutPlayerAsync("bob", "\"privacy\":\"hidden\"");

        var answer = await _server.SubmitAsync(key, Batch(("ann", 5), ("bob", 5), ("bob", 5000), ("eve", 5), ("ann", 1001)));

        Assert.Equal(200, answer.Status);
        Assert.Equal(["privacy-disabled", "privacy-disabled", "user-not-found", "validation"], TypesIn(answer));
        Assert.Equal([("ann", 5)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task Scores_that_storage_did_not_take_fail_and_are_never_seen()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard);
        await _server.SubmitAsync(key, Batch(("ann", 5)));
        _server.Store.DiskGone = true;

        var answer = await _server.SubmitAsync(key, Batch(("ann", 6), ("bob", 6)));

        Assert.Equal(200, answer.Status);
        Assert.Equal(["internal-server-error", "internal-server-error"], TypesIn(answer));

        _server.Store.DiskGone = false;
        Assert.Equal([("ann", 5)], await _server.StandingsAsync("board"));
        Assert.Equal(AllApplied, (await _server.SubmitAsync(key, Batch(("cid", 4)))).Body);
        await _server.RestartAsync();
        Assert.Equal([("ann", 5), ("cid", 4)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_manual_board_takes_scores_from_the_moment_its_season_opens_until_it_closes()
    {
        var key = await _server.MakeBoardAsync(
            "board", "\"config\":{\"timeframe\":{\"type\":\"manual\"},\"scoring\":{\"aggregation\":\"best\"}}");
        Assert.Equal(["no-active-season"], TypesIn(await _server.SubmitAsync(key, Batch(("ann", 5)))));

        var opened = await _server.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/board/seasons", """{"season_id":"one"}""");
        Assert.True(opened.Status is 200 or 201, opened.Body);
        Assert.Equal(AllApplied, (await _server.SubmitAsync(key, Batch(("ann", 5)))).Body);

        var closed = await _server.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards/board/seasons/one/close", "{}");
        Assert.True(closed.Status == 200, closed.Body);
        Assert.Equal(["no-active-season"], TypesIn(await _server.SubmitAsync(key, Batch(("ann", 5)))));
    }

    [Fact]
    public async Task Without_a_season_the_register_and_the_limits_still_come_first()
    {
        var key = await _server.MakeBoardAsync(
            "board", "\"config\":{\"timeframe\":{\"type\":\"manual\"},\"submission\":{\"registry\":\"strict\",\"max_score\":10}}");
        await _server.PutPlayerAsync("ann");
        await _server.PutPlayerAsync("bob", "\"privacy\":\"hidden\"");

        var answer = await _server.SubmitAsync(key, Batch(("ann", 5), ("zoe", 5), ("bob", 5), ("ann", 11)));

        Assert.Equal(["no-active-season", "user-not-found", "privacy-disabled", "validation"], TypesIn(answer));
    }

    [Fact]
    public async Task An_inactive_board_takes_no_scores_until_it_is_active_again()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard);
        Assert.Equal(AllApplied, (await _server.SubmitAsync(key, Batch(("ann", 5)))).Body);

        await _server.SendAsync(HttpMethod.Patch, "/tenants/acme/leaderboards/board", """{"status":"inactive"}""");
        Assert.Equal(["no-active-season"], TypesIn(await _server.SubmitAsync(key, Batch(("ann", 6)))));

        await _server.SendAsync(HttpMethod.Patch, "/tenants/acme/leaderboards/board", """{"status":"active"}""");
        Assert.Equal(AllApplied, (await _server.SubmitAsync(key, Batch(("ann", 7)))).Body);
        Assert.Equal([("ann", 7)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_board_made_anew_under_an_old_id_starts_empty()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard);
        await _server.SubmitAsync(key, Batch(("ann", 5)));

        await _server.SendAsync(HttpMethod.Delete, "/tenants/acme/leaderboards/board");
        Assert.Equal(["no-active-season"], TypesIn(await _server.SubmitAsync(key, Batch(("bob", 6)))));

        var newKey = await _server.MakeBoardAsync("board", OpenBoard);
        Assert.Equal(AllApplied, (await _server.SubmitAsync(newKey, Batch(("cid", 7)))).Body);
        Assert.Equal([("cid", 7)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_revoked_key_is_unauthorized_within_a_second()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard);
        Assert.Equal(200, (await _server.SubmitAsync(key, Batch(("ann", 5)))).Status);

        Assert.Equal(200, (await _server.SendAsync(HttpMethod.Delete, $"/tenants/acme/keys/{key.Split('_')[2]}")).Status);

        // This server is the one that revoked it, and need not wait for what it remembers to grow old.
        var answer = await _server.SubmitAsync(key, Batch(("ann", 6)));
        Assert.Equal((401, """{"error":"Unauthorized"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Of_64_callers_requests_exactly_as_many_are_served_as_the_key_allows()
    {
        var key = await _server.MakeBoardAsync("board", OpenBoard, "\"rate_limit\":{\"requests\":300,\"seconds\":3600}");
        var left = 640;

        var statuses = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            List<int> mine = [];
            while (Interlocked.Decrement(ref left) >= 0)
                mine.Add((await _server.SubmitAsync(key, Batch(("ann", 5)))).Status);
            return mine;
        }));

        Assert.Equal(300, statuses.Sum(static mine => mine.Count(static status => status == 200)));
        Assert.Equal(340, statuses.Sum(static mine => mine.Count(static status => status == 429)));
    }

    private static string Batch(params (string User, double Score)[] scores) =>
        $$"""{"scores":[{{string.Join(',', scores.Select(static score => string.Create(
            CultureInfo.InvariantCulture, $$"""{"userId":"{{score.User}}","score":{{score.Score}},"timestamp":"2026-03-25T10:30:00Z"}""")))}}]}""";

    private static IReadOnlyList<string?> TypesIn(Answer answer)
    {
        Assert.True(answer.Body.StartsWith("{\"success\":", StringComparison.Ordinal), answer.Body);
        return [.. JsonDocument.Parse(answer.Body).RootElement.GetProperty("errors").EnumerateArray().Select(static error => error.GetProperty("type").GetString())];
    }
}
