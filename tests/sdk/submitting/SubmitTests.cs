using Laurel.Client;

namespace Laurel.Sdk.Tests.Submitting;

public class SubmitTests(SdkServer server)
{
    [Fact]
    public async Task Many_scores_go_in_chunks_of_a_hundred_and_each_has_its_outcome_in_order()
    {
        var board = await server.MakeBoardAsync();
        var transport = new ScriptedTransport(_ => null);
        var client = new LaurelClient(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, await server.MakeKeyAsync()) { Transport = transport });
        var scores = Enumerable.Range(0, 250).Select(i => new Score($"player {i % 40}", i)).ToArray();

        var outcomes = await client.SubmitAsync(scores, TestContext.Current.CancellationToken);

        Assert.Equal(3, transport.Count);
        var sums = new Dictionary<string, double>();
        for (var i = 0; i < scores.Length; i++)
        {
            double? before = sums.TryGetValue(scores[i].UserId, out var sum) ? sum : null;
            sums[scores[i].UserId] = sum + scores[i].Value;
            Assert.Equal(ScoreStatus.Applied, outcomes[i].Status);
            Assert.Equal(before, outcomes[i].PreviousScore);
            Assert.Equal(sums[scores[i].UserId], outcomes[i].Score);
        }

        Assert.Equal(sums, await server.StandingsAsync(board));
    }

    [Fact]
    public async Task Refused_scores_say_why_and_hold_up_no_others()
    {
        var board = await server.MakeBoardAsync(
            """ "scoring":{"aggregation":"best"},"submission":{"registry":"strict","min_score":0,"max_score":100} """);
        await server.AskAsync(HttpMethod.Put, $"/tenants/{SdkServer.Tenant}/players/ada", """{"name":"Ada"}""");
        await server.AskAsync(HttpMethod.Put, $"/tenants/{SdkServer.Tenant}/players/hid", """{"privacy":"hidden"}""");
        var client = await server.ClientAsync(board);

        var outcomes = await client.SubmitAsync(
            [
                new Score("ada", 61), new Score("nobody", 62), new Score("hid", 63), new Score("ada", 101), new Score("ada", 5),
                new Score("ada", 7) { AchievedAt = DateTimeOffset.UtcNow.AddDays(1) }, new Score("ada", 64),
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                ScoreStatus.Applied, ScoreStatus.UserNotFound, ScoreStatus.PrivacyDisabled, ScoreStatus.Validation, ScoreStatus.Unchanged,
                ScoreStatus.Validation, ScoreStatus.Applied,
            ],
            outcomes.Select(outcome => outcome.Status));
        Assert.Equal("timestamp must not be in the future", outcomes[5].Message);
        Assert.Equal([true, false, false, false, true, false, true], outcomes.Select(outcome => outcome.Ok));
        Assert.Equal((61, 64, 1, 1), (outcomes[6].PreviousScore, outcomes[6].Score, outcomes[6].PreviousRank, outcomes[6].Rank));
    }

    [Fact]
    public async Task A_score_counts_once_however_often_it_is_submitted_and_two_equal_ones_count_twice()
    {
        var board = await server.MakeBoardAsync();
        var client = await server.ClientAsync(board);
        var score = new Score("ada", 10);

        var first = await client.SubmitAsync(score, TestContext.Current.CancellationToken);
        var again = await client.SubmitAsync(score, TestContext.Current.CancellationToken);
        await client.SubmitAsync(new Score("ada", 10), TestContext.Current.CancellationToken);

        Assert.Equal((ScoreStatus.Applied, ScoreStatus.Duplicate), (first.Status, again.Status));
        Assert.Equal(20, (await server.StandingsAsync(board))["ada"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_key_that_belongs_to_another_score_is_a_conflict(int others)
    {
        var client = await server.ClientAsync(await server.MakeBoardAsync());
        await client.SubmitAsync(new Score("ada", 10) { IdempotencyKey = "level-1" }, TestContext.Current.CancellationToken);

        // The server answers a request that is nothing but conflicts in another way than one that has some.
        var other = new Score("ada", 11) { IdempotencyKey = "level-1" };
        var outcomes = await client.SubmitAsync(others == 1 ? [other] : [other, new Score("bob", 1)], TestContext.Current.CancellationToken);

        Assert.Equal(ScoreStatus.Conflict, outcomes[0].Status);
        Assert.All(outcomes.Skip(1), outcome => Assert.True(outcome.Ok));
    }

    [Fact]
    public async Task What_the_game_says_about_a_score_reaches_the_board()
    {
        var board = await server.MakeBoardAsync();
        var client = await server.ClientAsync(board);
        var metadata = LaurelJson.Object(("car", "blue \"Ü\" 🏎"), ("laps", LaurelJson.Array(1, 2.5, true, LaurelJson.Null)));
        var achieved = new DateTimeOffset(2025, 11, 18, 9, 15, 43, TimeSpan.Zero).AddTicks(1120);

        var outcome = await client.SubmitAsync(
            new Score("a/b ü🏎", 12.020123) { Name = "Ada \"L\" 🏎", AchievedAt = achieved, Metadata = metadata }, TestContext.Current.CancellationToken);

        Assert.True(outcome.Ok, outcome.Message);
        var entry = Assert.Single((await client.PageAsync(cancellation: TestContext.Current.CancellationToken)).Entries);
        Assert.Equal(("a/b ü🏎", 12.020123, "Ada \"L\" 🏎"), (entry.UserId, entry.Score, entry.Name));
        Assert.Equal(metadata.ToString(), entry.Metadata!.ToString());
        var kept = await server.AskAsync(HttpMethod.Get, $"/tenants/{SdkServer.Tenant}/leaderboards/{board}/entries/{Uri.EscapeDataString("a/b ü🏎")}");
        Assert.Equal("2025-11-18T09:15:43.000112Z", kept.GetProperty("achieved_at").GetString());
    }

    [Fact]
    public async Task No_scores_are_no_request()
    {
        var transport = new ScriptedTransport(_ => null);
        var client = new LaurelClient(new LaurelClientOptions(server.Address, "acme", "none", "a-key") { Transport = transport });

        Assert.Empty(await client.SubmitAsync([], TestContext.Current.CancellationToken));
        Assert.Equal(0, transport.Count);
    }
}
