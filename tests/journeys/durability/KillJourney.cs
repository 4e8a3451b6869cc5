using System.Net;
using System.Text;
using System.Text.Json;

namespace Laurel.Journeys.Tests;

/// <summary>What was acknowledged survives <c>kill -9</c> at any moment.</summary>
public class KillJourney(ITestOutputHelper output)
{
    private const int Rounds = 12;
    private const int Clients = 8;

    [Fact]
    public async Task A_killed_process_keeps_every_acknowledged_score_and_no_score_comes_twice()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var laurel = await LaurelProcess.StartAsync();
        var key = await laurel.MakeBoardAsync("points", """ "config":{"scoring":{"aggregation":"sum"}}""");
        var points = new Dictionary<string, (double Sure, double Possible)>();
        for (var round = 0; round < Rounds; round++)
        {
            await SubmitUntilKilledAsync(laurel, key, points, random);
            await laurel.RunAsync();
            var held = (await laurel.StandingsAsync("points")).ToDictionary(row => row.User, row => row.Score);
            foreach (var (user, (sure, possible)) in points)
                Assert.InRange(held.GetValueOrDefault(user), sure, possible);

            // What is there now was honestly in or out, and stays that way.
            foreach (var user in points.Keys)
                points[user] = (held.GetValueOrDefault(user), held.GetValueOrDefault(user));
        }
    }

    private static async Task SubmitUntilKilledAsync(
        LaurelProcess laurel, string key, Dictionary<string, (double Sure, double Possible)> points, Random random)
    {
        var acknowledgements = random.Next(5, 120);
        var enough = new TaskCompletionSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => new Random(random.Next())).Select(plan => Task.Run(async () =>
        {
            while (true)
            {
                var scores = Enumerable.Range(0, plan.Next(1, 100)).Select(_ => (User: $"player {plan.Next(300)}", Value: plan.Next(1, 50))).ToArray();
                Note(scores, possible: true);
                if (!await TrySubmitAsync(laurel, key, scores))
                    return;
                Note(scores, possible: false);
                if (Interlocked.Decrement(ref acknowledgements) == 0)
                    enough.SetResult();
            }
        })).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(clients));
        Assert.True(enough.Task.IsCompleted, "the clients ended before the server was killed");
        await laurel.KillAsync();
        await Task.WhenAll(clients);

        void Note((string User, int Value)[] scores, bool possible)
        {
            lock (points)
            {
                foreach (var (user, value) in scores)
                {
                    var before = points.GetValueOrDefault(user);
                    points[user] = possible ? before with { Possible = before.Possible + value } : before with { Sure = before.Sure + value };
                }
            }
        }
    }

    /// <summary>False when the server is gone.</summary>
    private static async Task<bool> TrySubmitAsync(LaurelProcess laurel, string key, (string User, int Value)[] scores)
    {
        var body = JsonSerializer.Serialize(new
        {
            scores = scores.Select(score => new { userId = score.User, score = score.Value, timestamp = "2025-01-01T00:00:00Z" }),
        });
        try
        {
            using var response = await laurel.SendAsync(
                HttpMethod.Post, "/leaderboard/scores", new StringContent(body, Encoding.UTF8, "application/json"), key);
            var answer = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK && answer.Contains("\"success\":true", StringComparison.Ordinal), answer);
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return false;
        }
    }
}
