using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed class GameKeyJourneys : IAsyncLifetime
{
    private ImportServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ImportServer.StartAsync();
        await _server.CreateBoardAsync("board");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_game_key_imports_in_batches_of_a_hundred_within_its_rate_limit()
    {
        var sums = new Sums(1_050, 80, new Random(7));
        var key = await _server.CreateGameKeyAsync("board", requests: 4, seconds: 1);
        await using var relay = await Relay.StartAsync(() => _server.Address, static _ => Relay.Verdict.Pass);
        var result = await Import.ExpectAsync(ImportExit.AllIn, _server.Write("a.csv", sums.Csv), "--key", key, "--url", relay.Address);
        result.Said("429 Too Many Requests");
        Assert.True(relay.Posts > 11, $"{relay.Posts} requests");
        sums.Check(await _server.StandingsAsync("board"));
    }

    [Fact]
    public async Task Scores_refused_one_by_one_are_found_again_by_their_texts()
    {
        await _server.CreateBoardAsync("strict", registry: "strict");
        var tenantKey = await _server.CreateTenantKeyAsync();
        await Import.ExpectAsync(
            ImportExit.AllIn, _server.Write("known.csv", "user,score\nann,1\n"), "--board", "acme/strict", "--key", tenantKey, "--url", _server.Address, "--register");

        var file = _server.Write("a.csv", "user,score,date\nann,2,2025-01-01\nbob,3,2025-01-01\nbob,3,2025-01-01\n\"q\"\"é\",4,2025-01-01\nann,5,2025-01-01\n");
        var result = await Import.ExpectAsync(ImportExit.SomeRefused, file, "--key", await _server.CreateGameKeyAsync("strict"), "--url", _server.Address);
        result.Said("5 lines: 2 applied, 3 refused.");
        result.Said("(lines 3, 4, 5)");
        Assert.Equal([("ann", 8)], await _server.StandingsAsync("strict"));
    }

    [Fact]
    public async Task A_batch_refused_for_the_form_of_one_score_goes_in_without_it()
    {
        var file = _server.Write("a.csv", $"user,score,date\nann,2,2025-01-01\nbob,3,{DateTime.UtcNow.AddDays(2):yyyy-MM-dd}\nann,5,2025-01-01\n");
        var result = await Import.ExpectAsync(ImportExit.SomeRefused, file, "--key", await _server.CreateGameKeyAsync("board"), "--url", _server.Address);
        result.Said("1  validation: the server refuses the form, as it does for timestamps in the future (line 3)");
        Assert.Equal([("ann", 7)], await _server.StandingsAsync("board"));
    }
}
