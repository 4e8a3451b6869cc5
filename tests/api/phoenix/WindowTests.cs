namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Windows that end while nobody looks.</summary>
public sealed class WindowTests : IAsyncLifetime
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly ManualClock _clock = new(new DateTimeOffset(2025, 11, 18, 12, 0, 0, TimeSpan.Zero));
    private PhoenixServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PhoenixServer.StartAsync(_clock);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task While_the_present_window_is_empty_the_last_one_is_shown()
    {
        var board = await _server.MakeBoardAsync(
            """{"timeframe":{"type":"weekly","reset_day":"monday","reset_time":"09:00"},"scoring":{"aggregation":"best"}}""");
        await _server.Admin.SubmitAsync(board, ("ada", 3), ("bob", 2));
        var live = (await _server.Admin.GetAsync(board.Query)).Is(200);
        Assert.Equal(("2025-W47", "2025-11-17T09:00:00Z", "2025-11-24T09:00:00Z"), (live.Text("window_key"), live.Text("window_start"), live.Text("window_end")));

        _clock.Advance(Week);

        foreach (var query in new[] { "", "?window_key=current", "?window_key=2025-W47" })
        {
            var shown = (await _server.Admin.GetAsync(board.Query + query)).Is(200);
            Assert.Equal("2025-W47", shown.Text("window_key"));
            Assert.Equal(["ada", "bob"], shown.Each("entries", "user_id"));
        }

        (await _server.Admin.GetAsync($"{board.Entries}/ada")).IsNotFound();
        (await _server.Admin.GetAsync($"{board.Entries}/ada?window_key=2025-W47")).Is(200);

        Assert.Equal("2025-W47", (await _server.Admin.GetAsync($"{board.Query}/rank/bob")).Is(200).Text("window_key"));
        Assert.Equal("0", (await _server.Admin.GetAsync($"{board.Query}?window_key=2025-W48")).Is(200).Raw("total"));

        await _server.Admin.SubmitAsync(board, ("cyd", 1));
        var next = (await _server.Admin.GetAsync(board.Query)).Is(200);
        Assert.Equal("2025-W48", next.Text("window_key"));
        Assert.Equal(["cyd"], next.Each("entries", "user_id"));
        (await _server.Admin.GetAsync($"{board.Query}/rank/ada")).IsNotFound();
        Assert.Equal("1", (await _server.Admin.GetAsync($"{board.Query}/rank/ada?window_key=2025-W47")).Is(200).Raw("rank"));
        Assert.Equal(["2025-W48", "2025-W47"], (await _server.Admin.GetAsync($"{board.Path}/seasons")).Each("seasons", "window_key"));
    }

    [Fact]
    public async Task An_emptied_window_shows_the_last_one_too()
    {
        var board = await _server.MakeBoardAsync("""{"timeframe":{"type":"daily"},"scoring":{"aggregation":"best"}}""");
        await _server.Admin.SubmitAsync(board, ("ada", 3));
        _clock.Advance(TimeSpan.FromDays(1));
        await _server.Admin.SubmitAsync(board, ("bob", 2));
        (await _server.Admin.DeleteAsync($"{board.Entries}/bob")).Is(200);

        Assert.Equal("2025-11-18", (await _server.Admin.GetAsync(board.Query)).Text("window_key"));
        Assert.Equal("2025-11-18", (await _server.Admin.GetAsync($"{board.Query}/user/ada")).Is(200).Text("window_key"));
        (await _server.Admin.GetAsync($"{board.Query}/user/bob")).IsNotFound();
    }
}
