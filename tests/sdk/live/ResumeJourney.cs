using Laurel.Client;
using Laurel.Journeys.Tests;

namespace Laurel.Sdk.Tests.Live;

/// <summary>A live board over kills and restarts of its server.</summary>
public class ResumeJourney(ITestOutputHelper output)
{
    private const int Kills = 2;

    [Theory, MemberData(nameof(LiveTests.Transports), MemberType = typeof(LiveTests))]
    public async Task A_live_board_comes_back_after_each_kill_and_has_missed_nothing(string transport)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var laurel = await LaurelProcess.StartAsync();
        await laurel.MakeBoardAsync("points", """ "config":{"scoring":{"aggregation":"sum"}}""");
        List<bool> connections = [];
        var options = new LaurelClientOptions(laurel.Address, "acme", "points", LaurelProcess.AdminKey)
        {
            Patience = TimeSpan.FromMinutes(2),
            Live = [Watcher.Transport(transport)],
        };
        var client = new LaurelClient(options);
        await using var live = new Watcher(client, new LiveQuery { ConnectionChanged = connections.Add });
        await live.NextAsync();

        for (var kill = 0; kill <= Kills; kill++)
        {
            await SubmitAsync(50);
            await SameAsBoardAsync();
            if (kill == Kills)
                break;
            await laurel.KillAsync();
            await laurel.RunAsync(samePlace: true);
            // These come while nobody may have noticed yet that the connection has gone.
            await SubmitAsync(50);
            await SameAsBoardAsync();
        }

        Assert.InRange(connections.Count(connected => connected), Kills + 1, int.MaxValue);

        async Task SubmitAsync(int count)
        {
            var scores = Enumerable.Range(0, count).Select(_ => new Score($"player {random.Next(30)}", random.Next(1, 50))).ToArray();
            Assert.All(await client.SubmitAsync(scores, TestContext.Current.CancellationToken), outcome => Assert.True(outcome.Ok));
        }

        async Task SameAsBoardAsync()
        {
            var board = (await laurel.StandingsAsync("points")).Take(10).ToArray();
            await live.UntilAsync(update => update.Rows.Select(row => (row.UserId, row.Score, row.Rank)).SequenceEqual(board));
        }
    }
}
