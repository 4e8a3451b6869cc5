using Laurel.Client;

namespace Laurel.Sdk.Tests.Live;

public class LiveTests(SdkServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Transports => ["events", "socket"];

    [Theory, MemberData(nameof(Transports))]
    public async Task The_rows_come_first_and_then_each_change(string transport)
    {
        var board = await server.MakeBoardAsync("\"scoring\":{\"aggregation\":\"last\"}");
        var client = await ClientAsync(board, transport);
        await client.SubmitAsync([new Score("ada", 30) { Name = "Ada" }, new Score("bob", 20), new Score("eve", 10)], Token);
        await using var live = new Watcher(client, new LiveQuery { PageSize = 2 });

        var first = await live.NextAsync();
        Assert.Equal(["1 ada 30 Ada", "2 bob 20 "], Rows(first));
        Assert.Empty(first.Changes);
        Assert.Equal(3, first.Total);

        await client.SubmitAsync(new Score("eve", 25), Token);
        var second = await live.NextAsync();
        Assert.Equal(["1 ada 30 Ada", "2 eve 25 "], Rows(second));
        Assert.True(second.Sequence > first.Sequence);
        var climbed = second.Changes.Single(change => change.UserId == "eve");
        Assert.Equal((LiveChangeKind.Update, 10.0, 25.0, 3, 2), (climbed.Kind, climbed.OldScore, climbed.Score, climbed.OldRank, climbed.Rank));
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task Any_page_can_be_followed(string transport)
    {
        var board = await server.MakeBoardAsync("\"scoring\":{\"aggregation\":\"last\"}");
        var client = await ClientAsync(board, transport);
        await client.SubmitAsync([.. Enumerable.Range(0, 9).Select(i => new Score($"p{i}", 100 - i))], Token);
        await using var live = new Watcher(client, new LiveQuery { PageSize = 3, Page = 2 });

        Assert.Equal(["4 p3 97 ", "5 p4 96 ", "6 p5 95 "], Rows(await live.NextAsync()));
        await client.SubmitAsync(new Score("p8", 200), Token);
        Assert.Equal(["4 p2 98 ", "5 p3 97 ", "6 p4 96 "], Rows(await live.NextAsync()));
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task The_end_of_a_window_is_told(string transport)
    {
        var board = await server.MakeBoardAsync("\"timeframe\":{\"type\":\"manual\"}");
        var seasons = $"/tenants/{SdkServer.Tenant}/leaderboards/{board}/seasons";
        await server.AskAsync(HttpMethod.Post, seasons, """{"season_id":"spring"}""");
        var client = await ClientAsync(board, transport);
        await client.SubmitAsync(new Score("ada", 1), Token);
        await using var live = new Watcher(client, new LiveQuery());
        Assert.Equal("spring", (await live.NextAsync()).WindowKey);

        await server.AskAsync(HttpMethod.Post, seasons + "/spring/close");

        LiveUpdate update;
        do
            update = await live.NextAsync();
        while (update.Closing is null);
        Assert.Equal("spring", update.Closing.WindowKey);
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task A_key_that_may_not_look_is_told_why(string transport)
    {
        var board = await server.MakeBoardAsync();
        foreach (var (key, expected) in new[]
        {
            ("lrl_tenant_0_0", typeof(LaurelUnauthorizedException)),
            (await server.MakeKeyOfAsync(""" "kind":"tenant","scopes":["scores:write"] """), typeof(LaurelForbiddenException)),
        })
        {
            await using var live = new Watcher(Client(board, key, transport), new LiveQuery());
            Assert.IsType(expected, await Record.ExceptionAsync(live.NextAsync));
        }

        await using var none = new Watcher(await ClientAsync("no-such-board", transport), new LiveQuery());
        await Assert.ThrowsAsync<LaurelNotFoundException>(none.NextAsync);
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task A_revoked_key_ends_it(string transport)
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync();
        await using var live = new Watcher(Client(board, key, transport), new LiveQuery());
        await live.NextAsync();

        await server.AskAsync(HttpMethod.Delete, $"/tenants/{SdkServer.Tenant}/keys/{key.Split('_')[2]}");

        await Assert.ThrowsAsync<LaurelUnauthorizedException>(live.NextAsync);
    }

    [Fact]
    public async Task Where_streams_are_held_back_a_socket_takes_over()
    {
        var board = await server.MakeBoardAsync();
        var held = new HeldBackTransport();
        var client = new LaurelClient(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, await server.MakeKeyAsync())
        {
            Live = [held, new WebSocketTransport()],
            Clock = held,
        });
        await using var live = new Watcher(client, new LiveQuery());

        Assert.Equal(0, (await live.NextAsync()).Total);
        Assert.Equal(1, held.Count);
    }

    private static IEnumerable<string> Rows(LiveUpdate update) => update.Rows.Select(row => $"{row.Rank} {row.UserId} {row.Score} {row.Name}");

    private async Task<LaurelClient> ClientAsync(string board, string transport) => Client(board, await server.MakeKeyAsync(), transport);

    private LaurelClient Client(string board, string key, string transport) =>
        new(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, key) { Live = [Watcher.Transport(transport)] });

    /// <summary>As a proxy that waits for the end of a stream before it sends on. Whoever waits for it waits no longer than a moment.</summary>
    private sealed class HeldBackTransport : ILiveTransport, ILaurelClock
    {
        private int _isWaited;

        public int Count { get; private set; }

        public DateTimeOffset Now => DateTimeOffset.UtcNow;

        public Task Delay(TimeSpan time, CancellationToken cancellation) =>
            Interlocked.Exchange(ref _isWaited, 0) == 1 ? Task.CompletedTask : Task.Delay(time, cancellation);

        public async Task<ILiveConnection> ConnectAsync(LiveRequest request, CancellationToken cancellation)
        {
            Count++;
            Volatile.Write(ref _isWaited, 1);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("Nobody waits so long.");
        }
    }
}
