using System.Net;
using System.Text;
using System.Text.Json;

namespace Laurel.Journeys.Tests;

/// <summary>The main job on real input.</summary>
public class FootballJourney
{
    [Fact]
    public async Task Every_goal_ever_makes_the_right_table_before_and_after_a_kill()
    {
        Assert.SkipWhen(Goal.Absence is not null, Goal.Absence ?? "");
        var goals = Goal.ReadAll();
        var table = Goal.Table(goals);
        await using var laurel = await LaurelProcess.StartAsync();
        var key = await laurel.MakeBoardAsync(
            "scorers", """ "preset":"crazygames","config":{"timeframe":{"type":"all_time"},"scoring":{"aggregation":"sum"}}""");
        await RegisterAsync(laurel, table.Select(row => row.Scorer));

        await Parallel.ForEachAsync(goals.Chunk(100), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (chunk, _) =>
        {
            var answer = await laurel.SendAsync(HttpMethod.Post, "/leaderboard/scores", Body(chunk), HttpStatusCode.OK, key);
            Assert.Equal(chunk.Length, answer.GetProperty("successCount").GetInt32());
        });

        await AssertTableAsync(laurel, table);
        await laurel.KillAsync();
        await laurel.RunAsync();
        await AssertTableAsync(laurel, table);
        Assert.Equal(0, await laurel.StopAsync());
        await laurel.RunAsync();
        await AssertTableAsync(laurel, table);
    }

    private static async Task AssertTableAsync(LaurelProcess laurel, List<(string Scorer, double Goals)> table)
    {
        var standings = await laurel.StandingsAsync("scorers");
        Assert.Equal(table, standings.Select(row => (row.User, row.Score)));
        Assert.Equal(Enumerable.Range(1, table.Count), standings.Select(row => row.Rank));
    }

    private static async Task RegisterAsync(LaurelProcess laurel, IEnumerable<string> players)
    {
        var lines = string.Join('\n', players.Select(player => JsonSerializer.Serialize(new { user_id = player, name = player })));
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var response = await laurel.SendAsync(HttpMethod.Post, "/tenants/acme/players/bulk", content, LaurelProcess.AdminKey);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Body(Goal[] goals) => JsonSerializer.Serialize(new
    {
        scores = goals.Select(goal => new { userId = goal.Scorer, score = 1, timestamp = $"{goal.Date:yyyy-MM-dd}T00:00:00Z" }),
    });
}
