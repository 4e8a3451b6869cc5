using Laurel.Client;

namespace Laurel.Sdk.Tests.Submitting;

public class RetryTests(SdkServer server)
{
    private readonly HurriedClock _clock = new();

    [Fact]
    public async Task A_busy_server_is_asked_again_no_sooner_than_it_wants()
    {
        var board = await server.MakeBoardAsync();
        var client = await ClientAsync(board, new ScriptedTransport(number => number switch
        {
            1 => new LaurelResponse(429, "", "7"),
            2 => new LaurelResponse(503, "<html>a proxy's page</html>"),
            3 => new LaurelResponse(503, "", "3"),
            _ => null,
        }));

        var outcome = await client.SubmitAsync(new Score("ada", 5), TestContext.Current.CancellationToken);

        Assert.Equal(ScoreStatus.Applied, outcome.Status);
        Assert.Equal(3, _clock.Waits.Count);
        Assert.Equal(TimeSpan.FromSeconds(7), _clock.Waits[0]);
        Assert.InRange(_clock.Waits[1], TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.Waits[2]);
    }

    [Fact]
    public async Task A_lost_answer_makes_no_score_count_twice()
    {
        var board = await server.MakeBoardAsync();
        var transport = new ScriptedTransport(_ => null) { LosesAnswersOf = { 1, 3 } };
        var client = await ClientAsync(board, transport);

        var outcomes = await client.SubmitAsync([.. Enumerable.Range(0, 200).Select(i => new Score($"p{i % 7}", 1))], TestContext.Current.CancellationToken);

        Assert.Equal(4, transport.Count);
        Assert.All(outcomes, outcome => Assert.Equal(ScoreStatus.Duplicate, outcome.Status));
        Assert.Equal(200, (await server.StandingsAsync(board)).Values.Sum());
    }

    [Fact]
    public async Task Scores_that_could_not_be_stored_are_sent_again_by_themselves()
    {
        var board = await server.MakeBoardAsync();
        var transport = new ScriptedTransport(number => number == 1
            ? new LaurelResponse(200, """{"results":[{"status":"applied","score":1,"rank":1},{"status":"internal-server-error"},{"status":"applied"}]}""")
            : null);
        var client = await ClientAsync(board, transport);

        var outcomes = await client.SubmitAsync([new Score("a", 1), new Score("b", 2), new Score("c", 3)], TestContext.Current.CancellationToken);

        Assert.All(outcomes, outcome => Assert.Equal(ScoreStatus.Applied, outcome.Status));
        Assert.Equal(["b"], (await server.StandingsAsync(board)).Keys);
    }

    [Fact]
    public async Task When_patience_ends_the_exception_has_what_was_settled_and_what_was_not()
    {
        var board = await server.MakeBoardAsync();
        var isDown = false;
        var client = await ClientAsync(board, new ScriptedTransport(number => (isDown |= number == 2) ? new LaurelResponse(502, "") : null));
        var scores = Enumerable.Range(0, 150).Select(i => new Score("ada", 1)).ToArray();

        var exception = await Assert.ThrowsAsync<LaurelUnavailableException>(() => client.SubmitAsync(scores, TestContext.Current.CancellationToken));
        Assert.Equal((502, 100, 50), (exception.Status, exception.Outcomes.Count, exception.Unsettled.Count));
        Assert.InRange(_clock.Waits.Sum(wait => wait.TotalSeconds), 15, 30);

        isDown = false;
        Assert.All(await client.SubmitAsync(exception.Unsettled, TestContext.Current.CancellationToken), outcome => Assert.True(outcome.Ok));
        Assert.Equal(150, (await server.StandingsAsync(board))["ada"]);
    }

    [Fact]
    public async Task A_limit_that_is_used_up_for_longer_than_the_patience_is_told_with_its_time()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync("\"rate_limit\":{\"requests\":1,\"seconds\":3600}");
        var client = new LaurelClient(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, key) { Clock = _clock });

        Assert.True((await client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken)).Ok);
        var exception = await Assert.ThrowsAsync<LaurelRateLimitedException>(() => client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));

        Assert.Equal((429, "RATE_LIMITED"), (exception.Status, exception.Code));
        Assert.InRange(exception.RetryAfter!.Value.TotalSeconds, 31, 4000);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task A_limit_that_is_used_up_for_a_moment_is_waited_out()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync("\"rate_limit\":{\"requests\":2,\"seconds\":2}");
        var client = new LaurelClient(server.Address, SdkServer.Tenant, board, key);

        for (var i = 0; i < 5; i++)
            Assert.True((await client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken)).Ok);

        Assert.Equal(5, (await server.StandingsAsync(board))["ada"]);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_no_answer()
    {
        var client = new LaurelClient(new LaurelClientOptions("http://127.0.0.1:1", "acme", "arena", "a-key") { Patience = TimeSpan.Zero });

        var exception = await Assert.ThrowsAsync<LaurelUnavailableException>(() => client.SubmitAsync(new Score("ada", 1), TestContext.Current.CancellationToken));
        Assert.Equal((0, "NO_ANSWER"), (exception.Status, exception.Code));
    }

    [Fact]
    public async Task Cancelling_ends_the_waiting_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        var client = new LaurelClient(new LaurelClientOptions(server.Address, "acme", "arena", "a-key")
        {
            Transport = new ScriptedTransport(_ =>
            {
                cancellation.Cancel();
                return new LaurelResponse(503, "", "20");
            }),
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SubmitAsync(new Score("ada", 1), cancellation.Token));
    }

    private async Task<LaurelClient> ClientAsync(string board, ILaurelTransport transport) =>
        new(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, await server.MakeKeyAsync()) { Transport = transport, Clock = _clock });
}
