namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Final standings, kept for ever.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2025, 11, 18, 12, 0, 0, TimeSpan.Zero));
    private PhoenixServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PhoenixServer.StartAsync(_clock);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_window_that_ends_is_kept_and_the_next_one_begins_without_anybody_asking()
    {
        var board = await _server.MakeBoardAsync("""{"timeframe":{"type":"daily"},"ranking":{"size":2}}""");
        await _server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2), ("cyd", 1));
        var snapshots = $"/v1/snapshots/{board.Tenant}/{board.Id}";
        var soFar = (await _server.Admin.GetAsync($"{snapshots}/2025-11-18")).Is(200);
        Assert.Equal(("false", "2"), (soFar.Raw("final"), soFar.Raw("total")));
        Assert.Equal("0", (await _server.Admin.GetAsync(snapshots)).Is(200).Raw("total"));

        await PassAsync(TimeSpan.FromDays(2), async () => (await _server.Admin.GetAsync(snapshots)).Raw("total") == "2");

        var kept = (await _server.Admin.GetAsync($"{snapshots}/2025-11-18")).Is(200);
        Assert.Equal(("true", "2", "2025-11-18T00:00:00Z", "2025-11-19T00:00:00Z"), (kept.Raw("final"), kept.Raw("total"), kept.Text("window_start"), kept.Text("window_end")));
        Assert.Equal(["ada", "bob"], kept.Each("entries", "user_id"));
        Assert.Equal(["2025-11-19", "2025-11-18"], (await _server.Admin.GetAsync(snapshots)).Each("snapshots", "window_key"));
        Assert.Equal(["2025-11-18"], (await _server.Admin.GetAsync($"{snapshots}?to=2025-11-19")).Each("snapshots", "window_key"));
        Assert.Equal(["2025-11-19"], (await _server.Admin.GetAsync($"{snapshots}?from=2025-11-19T00:00:00Z")).Each("snapshots", "window_key"));
        Assert.Equal(["2025-11-19"], (await _server.Admin.GetAsync($"{snapshots}?limit=1")).Each("snapshots", "window_key"));
        Assert.Equal("2", (await _server.Admin.GetAsync($"{snapshots}/2025-11-18/user/bob")).Is(200).Raw("user", "rank"));
        (await _server.Admin.GetAsync($"{snapshots}/2025-11-18/user/cyd")).IsNotFound();
        (await _server.Admin.GetAsync($"{snapshots}/2025-11-17")).IsNotFound();
        Assert.Equal("2025-11-18", (await _server.Admin.GetAsync(board.Query)).Is(200).Text("window_key"));
        Assert.Equal(["open", "sealed", "sealed"], (await _server.Admin.GetAsync($"{board.Path}/seasons")).Each("seasons", "state"));
    }

    [Fact]
    public async Task Snapshots_outlive_their_board_and_are_told_apart_from_its_namesakes()
    {
        var board = await _server.MakeBoardAsync("""{"timeframe":{"type":"manual"}}""");
        (await _server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup"}""")).Is(201);
        await _server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2));
        (await _server.Admin.PostAsync($"{board.Path}/seasons/cup/close", "{}")).Is(200);
        var snapshot = $"/v1/snapshots/{board.Tenant}/{board.Id}/cup";
        await PassAsync(TimeSpan.FromSeconds(1), async () => (await _server.Admin.GetAsync(snapshot)).Raw("final") == "true");

        (await _server.Admin.PatchAsync(board.Path, """{"status":"archived"}""")).Is(200);
        (await _server.Admin.GetAsync(board.Query)).IsNotFound();
        Assert.Equal(["ada", "bob"], (await _server.Admin.GetAsync(snapshot)).Is(200).Each("entries", "user_id"));
        (await _server.Admin.DeleteAsync(board.Path)).Is(200);
        Assert.Equal(["ada", "bob"], (await _server.Admin.GetAsync(snapshot)).Is(200).Each("entries", "user_id"));

        (await _server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", """{"leaderboard_id":"board"}""")).Is(201);
        (await _server.Admin.GetAsync(snapshot)).IsNotFound();
        Assert.Equal(["ada", "bob"], (await _server.Admin.GetAsync($"{snapshot}?incarnation=1")).Is(200).Each("entries", "user_id"));
    }

    [Fact]
    public async Task Erased_players_leave_the_snapshots_of_a_former_board_whatever_board_has_its_name()
    {
        const string Manual = """{"timeframe":{"type":"manual"}}""";
        var board = await _server.MakeBoardAsync(Manual);
        (await _server.Admin.PostAsync($"{board.Path}/seasons", """{"season_id":"cup"}""")).Is(201);
        await _server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2));
        (await _server.Admin.PostAsync($"{board.Path}/seasons/cup/close", "{}")).Is(200);
        var snapshot = $"/v1/snapshots/{board.Tenant}/{board.Id}/cup?incarnation=1";
        await PassAsync(TimeSpan.FromSeconds(1), async () => (await _server.Admin.GetAsync(snapshot)).Raw("final") == "true");
        (await _server.Admin.DeleteAsync(board.Path)).Is(200);
        (await _server.Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", $$"""{"leaderboard_id":"board","config":{{Manual}}}""")).Is(201);

        // By then the season has left the memory, and asks what board it was of.
        _clock.Advance(TimeSpan.FromHours(1));
        (await _server.Admin.DeleteAsync($"/tenants/{board.Tenant}/players/ada")).Is(200);
        Assert.Equal(["bob"], (await _server.Admin.GetAsync(snapshot)).Is(200).Each("entries", "user_id"));
    }

    [Fact]
    public async Task Erased_and_hidden_players_leave_the_snapshots_too()
    {
        var board = await _server.MakeBoardAsync("""{"timeframe":{"type":"daily"}}""");
        await _server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2), ("cyd", 1));
        var snapshot = $"/v1/snapshots/{board.Tenant}/{board.Id}/2025-11-18";
        await PassAsync(TimeSpan.FromDays(1), async () => (await _server.Admin.GetAsync(snapshot)).Raw("final") == "true");

        (await _server.Admin.DeleteAsync($"/tenants/{board.Tenant}/players/ada")).Is(200);
        Assert.Equal(["bob", "cyd"], (await _server.Admin.GetAsync(snapshot)).Each("entries", "user_id"));
        Assert.Equal("1", (await _server.Admin.GetAsync($"{snapshot}/user/bob")).Is(200).Raw("user", "rank"));
        (await _server.Admin.PutAsync($"/tenants/{board.Tenant}/players/bob", """{"privacy":"hidden"}""")).Is(200);
        Assert.Equal(["cyd"], (await _server.Admin.GetAsync(snapshot)).Each("entries", "user_id"));
        (await _server.Admin.PutAsync($"/tenants/{board.Tenant}/players/bob", """{"privacy":"public"}""")).Is(200);
        Assert.Equal(["bob", "cyd"], (await _server.Admin.GetAsync(snapshot)).Each("entries", "user_id"));
    }

    [Fact]
    public async Task Snapshots_of_an_inactive_board_are_hidden_from_players()
    {
        var board = await _server.MakeBoardAsync();
        await _server.Admin.SubmitAsync(board, ("ada", 3));
        var embed = _server.With(await _server.MakeKeyAsync(board.Tenant, """ "kind":"embed","leaderboard_id":"board" """));
        var snapshot = $"/v1/snapshots/{board.Tenant}/{board.Id}/all_time";
        Assert.Equal("false", (await embed.GetAsync(snapshot)).Is(200).Raw("final"));

        (await _server.Admin.PatchAsync(board.Path, """{"status":"inactive"}""")).Is(200);
        (await embed.GetAsync(snapshot)).IsNotFound();
        (await _server.Admin.GetAsync(snapshot)).Is(200);
    }

    /// <summary>Lets time pass, and then the seconds that the scheduler needs.</summary>
    private async Task PassAsync(TimeSpan time, Func<Task<bool>> until)
    {
        _clock.Advance(time);
        await Eventually.HoldsAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await until();
        });
    }
}
