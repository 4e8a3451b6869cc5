using Laurel.Client;
using Laurel.Journeys.Tests;

namespace Laurel.Sdk.Tests.Submitting;

/// <summary>A server that dies under its clients and comes back: they notice nothing but time.</summary>
public class KilledServerJourney(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int Clients = 4;
    private const int Lists = 12;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_counts_twice_while_the_server_is_killed_and_restarted()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var laurel = await LaurelProcess.StartAsync();
        await laurel.MakeBoardAsync("points", """ "config":{"scoring":{"aggregation":"sum"}}""");
        var expected = new Dictionary<string, double>();
        var done = 0;
        using var due = new SemaphoreSlim(0);

        var clients = Enumerable.Range(0, Clients).Select(_ => new Random(random.Next())).Select(plan => Task.Run(() => SubmitAsync(plan))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            Assert.True(await due.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "The clients came to a halt.");
            await laurel.KillAsync();
            await laurel.RunAsync(samePlace: true);
        }

        await Task.WhenAll(clients);
        Assert.Equal(expected, (await laurel.StandingsAsync("points")).ToDictionary(row => row.User, row => row.Score));

        async Task SubmitAsync(Random plan)
        {
            // Of its own, so that connections of one client do not tell another that the server has gone.
            using var http = new HttpClient(new SocketsHttpHandler());
            var client = new LaurelClient(new LaurelClientOptions(laurel.Address, "acme", "points", LaurelProcess.AdminKey)
            {
                Patience = TimeSpan.FromMinutes(3),
                Transport = new HttpTransport(http),
            });
            for (var list = 0; list < Lists; list++)
            {
                var scores = Enumerable.Range(0, plan.Next(1, 400)).Select(_ => new Score($"player {plan.Next(100)}", plan.Next(1, 50))).ToArray();
                foreach (var outcome in await client.SubmitAsync(scores, TestContext.Current.CancellationToken))
                    Assert.True(outcome.Status is ScoreStatus.Applied or ScoreStatus.Duplicate, outcome.Label);
                lock (expected)
                {
                    foreach (var score in scores)
                        expected[score.UserId] = expected.GetValueOrDefault(score.UserId) + score.Value;
                }

                if (Interlocked.Increment(ref done) % (Clients * Lists / (Kills + 1)) == 0)
                    due.Release();
            }
        }
    }
}
