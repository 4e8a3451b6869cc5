using System.Net;
using System.Text;
using System.Text.Json;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests;

/// <summary>Events and windows survive <c>kill -9</c> between event and close, during the close, and during a snapshot.</summary>
public class EventKillJourney(ITestOutputHelper output)
{
    private const int Rounds = 4;

    private const string Config = """
        "config":{"timeframe":{"type":"manual","grace_seconds":0},"scoring":{"rules":[{"event_type":"kill","points_expression":"attrs.points"}]},"ranking":{"size":1000000}}
        """;

    [Fact]
    public async Task A_killed_process_scores_every_accepted_event_once_and_closes_each_season_once() => await RunAsync(await LaurelProcess.StartAsync());

    [Fact]
    public async Task The_same_on_PostgreSQL()
    {
        var reason = Requirements.ReasonToSkip("postgres", PostgresServer.Absence);
        Assert.SkipWhen(reason is not null, reason ?? "");
        await using var postgres = await PostgresServer.StartAsync();
        await RunAsync(await LaurelProcess.StartAsync(("Laurel__Storage__Provider", "postgres"), ("Laurel__Storage__ConnectionString", postgres.ConnectionString)));
    }

    private async Task RunAsync(LaurelProcess process)
    {
        await using var laurel = process;
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await laurel.MakeBoardAsync("first", Config);
        await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards", $$"""{"leaderboard_id":"second",{{Config}}}""", HttpStatusCode.Created);
        var events = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var board in (string[])["first", "second"])
                await laurel.SendAsync(HttpMethod.Post, $"/tenants/acme/leaderboards/{board}/seasons", $$"""{"season_id":"s{{round}}"}""", HttpStatusCode.Created);
            Dictionary<string, double> expected = [];
            for (var call = 0; call < 20; call++)
            {
                var batch = Enumerable.Range(0, 100).Select(_ => (Id: $"e{events++}", User: $"player {random.Next(2000)}", Points: random.Next(1, 50))).ToList();
                await AcceptAsync(laurel, batch);
                foreach (var one in batch)
                    expected[one.User] = expected.GetValueOrDefault(one.User) + one.Points;
            }

            if (round % 2 == 0)
                await RestartAsync(laurel);
            await CloseAsync(laurel, "first", round);
            await CloseAsync(laurel, "second", round);
            // The seals and the final standings are under way: some requests later the process is killed wherever it is with them.
            for (var reads = random.Next(6); reads > 0; reads--)
                await laurel.SendAsync(HttpMethod.Get, $"/v1/snapshots/acme/second/s{round}?limit=1", null, HttpStatusCode.OK);
            await RestartAsync(laurel);

            foreach (var board in (string[])["first", "second"])
            {
                await CloseAsync(laurel, board, round);
                Assert.Equal(expected, await FinalAsync(laurel, board, round));
                var seasons = await laurel.SendAsync(HttpMethod.Get, $"/tenants/acme/leaderboards/{board}/seasons", null, HttpStatusCode.OK);
                Assert.Equal(round + 1, seasons.GetProperty("total").GetInt32());
            }
        }
    }

    private static async Task RestartAsync(LaurelProcess laurel)
    {
        await laurel.KillAsync();
        await laurel.RunAsync();
    }

    private static Task CloseAsync(LaurelProcess laurel, string board, int round) =>
        laurel.SendAsync(HttpMethod.Post, $"/tenants/acme/leaderboards/{board}/seasons/s{round}/close", null, HttpStatusCode.OK);

    private static async Task AcceptAsync(LaurelProcess laurel, IEnumerable<(string Id, string User, int Points)> batch)
    {
        var body = JsonSerializer.Serialize(new
        {
            tenant_id = "acme",
            events = batch.Select(one => new
            {
                event_id = one.Id,
                event_type = "kill",
                actor = new { id = one.User },
                attrs = new { points = one.Points },
                timestamp = DateTimeOffset.UtcNow,
            }),
        });
        using var answer = await laurel.SendAsync(HttpMethod.Post, "/v1/events/bulk", new StringContent(body, Encoding.UTF8, "application/json"), LaurelProcess.AdminKey);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<Dictionary<string, double>> FinalAsync(LaurelProcess laurel, string board, int round)
    {
        Dictionary<string, double> standings = [];
        var path = $"/v1/snapshots/acme/{board}/s{round}?limit=1000";
        await Eventually.TrueAsync(
            async () => (await laurel.SendAsync(HttpMethod.Get, path, null, HttpStatusCode.OK)).GetProperty("final").GetBoolean(), "the season is sealed");
        while (true)
        {
            var page = await laurel.SendAsync(HttpMethod.Get, $"{path}&offset={standings.Count}", null, HttpStatusCode.OK);
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
                standings.Add(entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble());
            if (standings.Count >= page.GetProperty("total").GetInt32())
                return standings;
        }
    }
}
