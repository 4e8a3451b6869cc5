using System.Globalization;
using Laurel.Standalone.Commands;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>A sorted set of a real Redis server goes into a board.</summary>
public sealed class ImportRedisJourneys
{
    [Fact]
    public async Task A_set_in_use_goes_in_whole_goes_on_where_it_stopped_and_counts_nothing_twice()
    {
        SkipWithoutRedis();
        await using var redis = await RedisServer.StartAsync();
        await using var server = await ImportServer.StartAsync();
        await server.CreateBoardAsync("board");
        var address = new Uri($"redis://{redis.ConnectionString}/2");
        var expected = await FillAsync(address, "top:2025", 5_000);
        var key = await server.CreateTenantKeyAsync();
        var posts = 0;
        var half = new TaskCompletionSource();
        await using var relay = await Relay.StartAsync(() => server.Address, number =>
        {
            if (Interlocked.Increment(ref posts) == 8)
                half.SetResult();
            return number is 3 or 9 ? Relay.Verdict.LoseAnswer : Relay.Verdict.Pass;
        });
        string[] command = ["import", $"{address}", "--set", "top:2025", "--board", "acme/board", "--key", key, "--url", relay.Address, "--batch", "50"];

        // In a process of its own, since the state lies in the folder that it is called from.
        using (var process = new CommandProcess(server.Files, command))
        {
            await Task.WhenAny(half.Task, process.EndAsync());
            process.Kill();
            Assert.NotEqual(ImportExit.AllIn, await process.EndAsync());
        }

        using (var process = new CommandProcess(server.Files, command))
        {
            Assert.True(await process.EndAsync() == ImportExit.SomeRefused, process.Output);
            Assert.Contains("1  The member is no text in UTF-8", process.Output, StringComparison.Ordinal);
        }

        Assert.Equal(expected, (await server.StandingsAsync("board")).ToDictionary(row => row.User, row => row.Score));
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_go_in_and_what_is_no_set_is_said()
    {
        SkipWithoutRedis();
        await using var redis = await RedisServer.StartAsync();
        var address = new Uri($"redis://{redis.ConnectionString}");
        await FillAsync(address, "top", 10);
        using (var connection = await RedisConnection.OpenAsync(address, CancellationToken.None))
            await connection.AskAsync(["SET", "text", "a"], CancellationToken.None);

        var dry = await Import.ExpectAsync(ImportExit.SomeRefused, $"{address}", "--set", "top", "--dry-run");
        dry.Said("10 lines would be sent, 0 are skipped by --where, 1 cannot be sent. Nothing was sent.");
        Assert.Contains("is a string, not a sorted set", (await Import.ExpectAsync(ImportExit.Stopped, $"{address}", "--set", "text", "--dry-run")).Errors, StringComparison.Ordinal);
        Assert.Contains("there is no such key", (await Import.ExpectAsync(ImportExit.Stopped, $"{address}", "--set", "none", "--dry-run")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://127.0.0.1:1", "cannot be read", "--set", "top")]
    [InlineData("redis://127.0.0.1", "The set is missing: --set KEY.")]
    [InlineData("redis://127.0.0.1", "--where is for files", "--set", "top", "--where", "a=b")]
    [InlineData("scores.csv", "--set is for a Redis server", "--set", "top")]
    [InlineData("scores.csv", "--from is 'steam': it must be nakama or playfab.", "--from", "steam")]
    public async Task What_cannot_be_is_said(string source, string expected, params string[] options) =>
        Assert.Contains(expected, (await Import.ExpectAsync(ImportExit.Stopped, [source, "--dry-run", .. options])).Errors, StringComparison.Ordinal);

    private static void SkipWithoutRedis()
    {
        var reason = Requirements.ReasonToSkip("redis", RedisServer.Absence);
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    /// <summary>Fills a set, with one member that is no text, and returns what a board must show.</summary>
    private static async Task<Dictionary<string, double>> FillAsync(Uri address, string key, int count)
    {
        using var connection = await RedisConnection.OpenAsync(address, CancellationToken.None);
        var expected = Enumerable.Range(0, count).ToDictionary(i => i % 7 == 0 ? $"spieler ü {i} \"🏎\"" : $"player-{i}", i => i * 1.25 - 100);
        foreach (var some in expected.Chunk(500))
            await connection.AskAsync(["ZADD", key, .. some.SelectMany(pair => new[] { pair.Value.ToString("R", CultureInfo.InvariantCulture), pair.Key })], CancellationToken.None);
        // The script writes a byte that begins nothing in UTF-8.
        await connection.AskAsync(["EVAL", "return redis.call('ZADD', KEYS[1], '1', string.char(255))", "1", key], CancellationToken.None);
        return expected;
    }
}
