using System.Globalization;
using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed class ImportJourneys : IAsyncLifetime
{
    private ImportServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ImportServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_line_of_a_file_is_on_the_board()
    {
        await _server.CreateBoardAsync("board");
        var sums = new Sums(5_000, 700, Seeded());
        var result = await ImportAsync(ImportExit.AllIn, _server.Write("a.csv", sums.Csv), "--batch", "100");
        result.Said("5,000 lines: 5,000 applied.");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task Names_metadata_and_times_come_along()
    {
        await _server.CreateBoardAsync("board");
        await ImportAsync(
            ImportExit.AllIn,
            _server.Write("a.ndjson", """{"user_id":"jö/é","score":12.020123,"timestamp":"1916-07-02","name":"José \"Pepe\"","metadata":{"team":"Ürüguay"}}"""));
        var entry = await _server.EntryAsync("board", "jö/é");
        Assert.Equal("12.020123", entry.GetProperty("score").GetRawText());
        Assert.Equal("José \"Pepe\"", entry.GetProperty("name").GetString());
        Assert.Equal("Ürüguay", entry.GetProperty("metadata").GetProperty("team").GetString());
        Assert.StartsWith("1916-07-02T00:00:00", entry.GetProperty("achieved_at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_lines_are_named_and_kept_and_do_not_hold_up_the_rest()
    {
        await _server.CreateBoardAsync("board", registry: "strict");
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToString("o", CultureInfo.InvariantCulture);
        var file = _server.Write("a.csv", $"user,score,timestamp\nann,1,\n,2,\nbob,many,\ncid,4,\nann,5,{tomorrow}\nann,6,,7\nann,8,\n");
        await ImportAsync(ImportExit.AllIn, _server.Write("ann.csv", "user,score\nann,100\n"), "--register");

        var result = await ImportAsync(ImportExit.SomeRefused, file);
        result.Said("7 lines: 2 applied, 5 refused.");
        result.Said("1  The user id is missing (line 3)");
        result.Said("1  The score 'many' is no finite number (line 4)");
        result.Said("1  user-not-found: the board takes registered players alone (--register registers them) (line 5)");
        result.Said("1  timestamp must not be in the future (line 6)");
        result.Said("1  The line has 4 fields where the header has 3 (line 7)");
        Assert.Equal([("ann", 109)], await _server.StandingsAsync("board"));

        // What was refused can be imported as it was kept, once its reason is gone.
        var rejects = file + RejectFile.Suffix;
        Assert.Equal(5, File.ReadLines(rejects).Count());
        result = await ImportAsync(ImportExit.SomeRefused, rejects, "--register");
        result.Said("5 lines: 1 applied, 4 refused.");
        Assert.Equal([("ann", 109), ("cid", 4)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_lost_answer_and_a_stop_before_the_position_is_kept_count_nothing_twice()
    {
        await _server.CreateBoardAsync("board");
        var random = Seeded();
        var sums = new Sums(6_000, 300, random);
        var file = _server.Write("a.csv", sums.Csv);
        // Stopped as a crash would stop it: the server has the scores, and nothing was kept of that.
        var last = 0;
        var crash = new CancellationTokenSource();
        await using var relay = await Relay.StartAsync(() => _server.Address, number =>
        {
            if (number == last)
                crash.Cancel();
            return number >= last ? Relay.Verdict.LoseAnswer : Relay.Verdict.Pass;
        });
        var arguments = await ArgumentsAsync(file, ["--url", relay.Address, "--batch", "50", "--parallel", "3"]);
        for (var run = 0; run < 5; run++)
        {
            using (crash = new CancellationTokenSource())
            {
                last = relay.Posts + random.Next(1, 12);
                var stopped = await Import.RunAsync(arguments, crash.Token);
                Assert.True(stopped.ExitCode == ImportExit.Stopped, stopped.ToString());
            }
        }

        last = int.MaxValue;
        var result = await Import.ExpectAsync(ImportExit.AllIn, arguments);
        result.Said("6,000 lines: ");
        result.Said(" already there.");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_server_that_restarts_in_the_middle_is_waited_for()
    {
        await _server.CreateBoardAsync("board");
        var sums = new Sums(2_000, 100, Seeded());
        await using var relay = await Relay.StartAsync(() => _server.Address, async number =>
        {
            if (number == 7)
            {
                await _server.StopAsync();
                await _server.ResumeAsync();
                return Relay.Verdict.Drop;
            }

            return number is 3 or 12 ? Relay.Verdict.LoseAnswer : Relay.Verdict.Pass;
        });
        await ImportAsync(ImportExit.AllIn, _server.Write("a.csv", sums.Csv), "--url", relay.Address, "--batch", "100");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_when_it_says()
    {
        await _server.CreateBoardAsync("board");
        var sums = new Sums(500, 50, Seeded());
        await using var relay = await Relay.StartAsync(() => _server.Address, static number => number switch
        {
            1 => Relay.Verdict.Answer(503),
            2 => Relay.Verdict.Answer(429, retryAfter: 1),
            4 => Relay.Verdict.Answer(200, """{"results":[]}"""),
            6 => Relay.Verdict.Answer(500, "not JSON"),
            _ => Relay.Verdict.Pass,
        });
        var file = _server.Write("a.csv", sums.Csv);
        var result = await ImportAsync(ImportExit.Stopped, file, "--url", relay.Address, "--batch", "100", "--parallel", "1");
        result.Said("429 Too Many Requests; next attempt in 1 s");
        Assert.Contains("is it a Laurel server?", result.Errors, StringComparison.Ordinal);

        await ImportAsync(ImportExit.AllIn, file, "--url", relay.Address, "--batch", "100", "--parallel", "1");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task A_score_that_the_server_failed_to_store_is_sent_again()
    {
        await _server.CreateBoardAsync("board");
        await using var relay = await Relay.StartAsync(() => _server.Address, static number =>
            number <= 2 ? Relay.Verdict.Answer(200, """{"results":[{"status":"internal-server-error"}]}""") : Relay.Verdict.Pass);
        var result = await ImportAsync(ImportExit.AllIn, _server.Write("a.csv", "user,score\nann,1\n"), "--url", relay.Address);
        result.Said("The server answers internal-server-error; next attempt in 1 s");
        Assert.Equal(3, relay.Posts);
        Assert.Equal([("ann", 1)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task Patience_ends_and_the_same_command_goes_on()
    {
        await _server.CreateBoardAsync("board");
        var sums = new Sums(300, 50, Seeded());
        var file = _server.Write("a.csv", sums.Csv);
        var failing = true;
        await using var relay = await Relay.StartAsync(() => _server.Address, number => failing && number > 1 ? Relay.Verdict.Answer(500) : Relay.Verdict.Pass);
        string[] options = ["--url", relay.Address, "--batch", "100", "--parallel", "1", "--patience", "1"];
        var result = await ImportAsync(ImportExit.Stopped, file, options);
        Assert.Contains("500 Internal Server Error. The import stopped before the end; the same command goes on from here.", result.Errors, StringComparison.Ordinal);

        failing = false;
        result = await ImportAsync(ImportExit.AllIn, file, options);
        result.Said("Goes on behind line 101.");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task One_users_scores_keep_their_order_beside_those_of_others()
    {
        await _server.CreateBoardAsync("board", "last");
        var random = Seeded();
        var lines = Enumerable.Range(0, 4_000).Select(number => (User: $"u{random.Next(40)}", Score: number)).ToList();
        var file = _server.Write("a.csv", "user,score,date\n" + string.Concat(lines.Select(static line => $"{line.User},{line.Score},2025-01-01\n")));
        await ImportAsync(ImportExit.AllIn, file, "--batch", "50", "--parallel", "8");
        var expected = lines.GroupBy(static line => line.User).Select(static group => (group.Key, (double)group.Last().Score)).OrderByDescending(static entry => entry.Item2);
        Assert.Equal(expected, await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task What_was_added_to_a_file_is_imported_by_the_same_command()
    {
        await _server.CreateBoardAsync("board");
        var file = _server.Write("a.csv", "user,score\nann,1\nbob,2\n");
        await ImportAsync(ImportExit.AllIn, file);
        File.AppendAllText(file, "ann,10\n");
        await ImportAsync(ImportExit.AllIn, file);
        await ImportAsync(ImportExit.AllIn, file);
        Assert.Equal([("ann", 11), ("bob", 2)], await _server.StandingsAsync("board"));

        var result = await ImportAsync(ImportExit.AllIn, file, "--restart");
        result.Said("3 lines: 3 already there.");
        Assert.Equal([("ann", 11), ("bob", 2)], await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task An_unfinished_import_is_not_mixed_with_another_one()
    {
        await _server.CreateBoardAsync("board");
        var file = _server.Write("a.csv", "user,score,other\n" + string.Concat(Enumerable.Range(0, 30).Select(static i => $"u{i},1,2\n")));
        await using (var relay = await Relay.StartAsync(() => _server.Address, static number => number == 3 ? Relay.Verdict.Answer(400) : Relay.Verdict.Pass))
            await ImportAsync(ImportExit.Stopped, file, "--batch", "10", "--parallel", "1", "--url", relay.Address);

        var result = await ImportAsync(ImportExit.Stopped, file);
        Assert.Contains("is of an import that did not end: it went to acme/board at ", result.Errors, StringComparison.Ordinal);
        await ImportAsync(ImportExit.AllIn, file, "--restart");
        Assert.All(await _server.StandingsAsync("board"), static entry => Assert.Equal(1, entry.Score));

        await ImportAsync(ImportExit.AllIn, file, "--map", "score=other");
        Assert.All(await _server.StandingsAsync("board"), static entry => Assert.Equal(3, entry.Score));
    }

    [Fact]
    public async Task A_dry_run_sends_nothing_and_keeps_nothing()
    {
        await _server.CreateBoardAsync("board");
        var file = _server.Write("a.csv", "user,score\nann,1\nbob,x\n");
        var result = await Import.ExpectAsync(ImportExit.SomeRefused, file, "--dry-run");
        result.Said("1 lines would be sent");
        result.Said("The score 'x' is no finite number (line 3)");
        Assert.Empty(await _server.StandingsAsync("board"));
        Assert.Equal([file], Directory.GetFiles(_server.Files));
    }

    private static Random Seeded()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private async Task<Import.Result> ImportAsync(int exitCode, string file, params string[] options) =>
        await Import.ExpectAsync(exitCode, await ArgumentsAsync(file, options));

    private async Task<string[]> ArgumentsAsync(string file, string[] options)
    {
        string[] address = options.Contains("--url") ? [] : ["--url", _server.Address];
        return [file, "--board", $"{ImportServer.Tenant}/board", "--key", await _server.CreateTenantKeyAsync(), .. address, .. options];
    }
}
