using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>How submissions find their season, and what happens when there is none.</summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private const string One = """{"userId":"user0","score":0,"timestamp":"2026-03-25T10:30:00.000Z"}""";

    private FrontendHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_route_of_writes_is_remembered_for_ten_seconds()
    {
        await _host.SubmitAsync(Bodies.Of(1));
        _host.Clock.Advance(TimeSpan.FromMilliseconds(9_999));
        await _host.SubmitAsync(Bodies.Of(1));
        Assert.Equal(1, _host.Grains.CallsOf<ILeaderboard>());

        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await _host.SubmitAsync(Bodies.Of(1));
        Assert.Equal(2, _host.Grains.CallsOf<ILeaderboard>());
        Assert.Equal(3, _host.Season.Batches.Count);
    }

    [Fact]
    public async Task A_route_is_not_used_beyond_its_seasons_end()
    {
        var end = _host.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(100);
        _host.Leaderboard.Route = _ => FakeLeaderboard.ToSeason("acme/board@1/first", end);
        await _host.SubmitAsync(Bodies.Of(1));

        _host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await _host.SubmitAsync(Bodies.Of(1));

        Assert.Equal(2, _host.Grains.CallsOf<ILeaderboard>());
    }

    /// <summary>Else every score that comes while the two clocks disagree would be refused, though a season is open.</summary>
    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task A_gateway_whose_clock_differs_from_the_boards_stamps_scores_into_the_season_that_it_names(int seconds)
    {
        var boundary = _host.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        var open = new SeasonInfo("acme/board@1/one", "one", boundary - TimeSpan.FromHours(1), boundary, SeasonPhase.Open);
        if (seconds > 0)
            open = open with { StartsAt = boundary, EndsAt = boundary + TimeSpan.FromHours(1) };
        _host.Leaderboard.Route = _ => new RouteOutcome(OutcomeStatus.Ok, null, open);

        await _host.SubmitAsync(Bodies.Of(1));

        var receivedAt = DateTimeOffset.UnixEpoch.AddMicroseconds(Assert.Single(_host.Season.Batches).ReceivedAt);
        Assert.True(receivedAt >= open.StartsAt && receivedAt < open.EndsAt, $"{receivedAt:O}");
    }

    [Theory]
    [InlineData(OutcomeStatus.WrongWindow)]
    [InlineData(OutcomeStatus.NotActive)]
    [InlineData(OutcomeStatus.NotFound)]
    public async Task A_season_that_does_not_take_the_batch_is_looked_for_again(OutcomeStatus refusal)
    {
        await _host.SubmitAsync(Bodies.Of(1));
        var refused = 0;
        _host.Season.Answer = batch => Task.FromResult(
            Interlocked.Increment(ref refused) == 1 ? ScoreOutcomes.Failed(refusal) : new ScoreOutcomes { Status = OutcomeStatus.Ok });

        var answer = await _host.SubmitAsync(Bodies.Of(1));

        Assert.Equal("""{"success":true,"total":1,"successCount":1,"failureCount":0,"errors":[]}""", answer.Body);
        Assert.Equal(2, _host.Grains.CallsOf<ILeaderboard>());
        var batches = _host.Season.Batches.TakeLast(2).ToList();
        Assert.Equal(batches[0].RequestId, batches[1].RequestId);
    }

    [Theory]
    [InlineData(OutcomeStatus.NotActive, "no-active-season")]
    [InlineData(OutcomeStatus.NotFound, "no-active-season")]
    [InlineData(OutcomeStatus.Unavailable, "internal-server-error")]
    public async Task Without_a_season_every_score_fails_and_says_why(OutcomeStatus status, string type)
    {
        _host.Leaderboard.Route = _ => RouteOutcome.Failed(status);

        var answer = await _host.SubmitAsync(Bodies.Of(1));

        Assert.Equal(200, answer.Status);
        Assert.Equal($$"""{"success":false,"total":1,"successCount":0,"failureCount":1,"errors":[{"score":{{One}},"type":"{{type}}"}]}""", answer.Body);
    }

    [Fact]
    public async Task A_season_opened_after_a_refusal_is_found_at_once()
    {
        _host.Leaderboard.Route = static _ => RouteOutcome.Failed(OutcomeStatus.NotActive);
        await _host.SubmitAsync(Bodies.Of(1));

        _host.Leaderboard.Route = static _ => FakeLeaderboard.ToSeason("acme/board@1/new");
        var answer = await _host.SubmitAsync(Bodies.Of(1));

        Assert.Contains("\"success\":true", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutcomeStatus.Unavailable, "internal-server-error")]
    [InlineData(OutcomeStatus.NotActive, "no-active-season")]
    [InlineData(OutcomeStatus.WrongWindow, "no-active-season")]
    public async Task A_season_that_cannot_take_the_batch_fails_every_score_in_a_200(OutcomeStatus status, string type)
    {
        _host.Season.Answer = _ => Task.FromResult(ScoreOutcomes.Failed(status));

        var answer = await _host.SubmitAsync(Bodies.Of(1));

        Assert.Equal(200, answer.Status);
        Assert.Equal($$"""{"success":false,"total":1,"successCount":0,"failureCount":1,"errors":[{"score":{{One}},"type":"{{type}}"}]}""", answer.Body);
        Assert.InRange(_host.Season.Batches.Count, 1, 3);
    }

    [Fact]
    public async Task The_failed_score_comes_back_byte_for_byte()
    {
        _host.Season.AnswerByUser(new Dictionary<string, ScoreStatus>
        {
            ["a"] = ScoreStatus.Validation,
            ["b"] = ScoreStatus.InternalServerError,
            ["é"] = ScoreStatus.PrivacyDisabled,
            ["ok"] = ScoreStatus.Unchanged,
        });
        const string A = """{ "userId" : "\u0061", "score": 1.50e+2, "timestamp":"2026-03-25T10:30:00.000Z" , "extra": [null, {"x": "<&>"}] }""";
        const string B = """{"score":-0.0,"timestamp":"2026-03-25T10:30Z","userId":"b"}""";
        const string E = """{"userId":"é","score":100000000000000000000,"timestamp":"2026-03-25t10:30:00,5z"}""";
        const string Ok = """{"userId":"ok","score":1,"timestamp":"2026-03-25T10:30:00Z"}""";

        var answer = await _host.SubmitAsync($$"""{"scores":[{{A}},{{Ok}},{{B}},{{E}}]}""");

        Assert.Equal(
            $$"""{"success":false,"total":4,"successCount":1,"failureCount":3,"errors":[{"score":{{A}},"type":"validation"},{"score":{{B}},"type":"internal-server-error"},{"score":{{E}},"type":"privacy-disabled"}]}""",
            answer.Body);
    }

    [Fact]
    public async Task The_same_user_twice_in_a_batch_is_handed_on_in_order()
    {
        await _host.SubmitAsync(
            """{"scores":[{"userId":"u","score":2,"timestamp":"2026-03-25T10:30:00Z"},{"userId":"u","score":1,"timestamp":"2026-03-25T10:30:00Z"}]}""");

        Assert.True(_host.Season.Batches.TryPeek(out var batch));
        Assert.Equal([2, 1], batch.Scores);
        Assert.Equal("u"u8.ToArray(), batch.IdOf(0).ToArray());
        Assert.Equal("u"u8.ToArray(), batch.IdOf(1).ToArray());
        Assert.Equal(Timestamps.Now(_host.Clock), batch.ReceivedAt);
        Assert.False(batch.WantStandings);
    }
}
