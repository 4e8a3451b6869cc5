using System.Collections.Concurrent;
using Laurel.Client;
using Laurel.Tests.Support;

namespace Laurel.Sdk.Tests.Queueing;

public sealed class QueueTests(SdkServer server) : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly HurriedClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_directory, "scores", "queue.ndjson");

    [Fact]
    public async Task Scores_that_wait_survive_a_restart_and_are_sent_in_their_order()
    {
        var board = await server.MakeBoardAsync("\"scoring\":{\"aggregation\":\"last\"}");
        var key = await server.MakeKeyAsync();
        var offline = Client(board, key, new ScriptedTransport(_ => new LaurelResponse(503, "")));
        for (var i = 1; i <= 120; i++)
            Assert.True(await offline.Queue.AddAsync(new Score($"queued {i % 3}", i) { Name = "Näme \"🏎\"", Metadata = LaurelJson.Object(("i", i)) }));
        var failed = await offline.Queue.FlushAsync(Token);
        Assert.Equal((0, 120, 503), (failed.Settled.Count, failed.Remaining, failed.Trouble!.Status));

        var later = Client(board, key, HttpTransport.Shared);
        var flushed = await later.Queue.FlushAsync(Token);

        Assert.Equal((120, 0, null), (flushed.Settled.Count, flushed.Remaining, flushed.Trouble));
        Assert.Equal(Enumerable.Range(1, 120).Select(i => (double)i), flushed.Settled.Select(settled => settled.Score.Value));
        Assert.Equal(new Dictionary<string, double> { ["queued 0"] = 120, ["queued 1"] = 118, ["queued 2"] = 119 }, await server.StandingsAsync(board));
        Assert.Empty((await Client(board, key, HttpTransport.Shared).Queue.FlushAsync(Token)).Settled);
        Assert.Equal("Näme \"🏎\"", (await later.PageAsync(cancellation: Token)).Entries[0].Name);
    }

    [Fact]
    public async Task A_score_whose_answer_was_lost_with_the_game_counts_once()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync();
        var transport = new ScriptedTransport(_ => null) { LosesAnswersOf = { 1 } };
        var killed = Client(board, key, transport, TimeSpan.Zero);
        await killed.Queue.AddAsync(new Score("ada", 5));
        Assert.NotNull((await killed.Queue.FlushAsync(Token)).Trouble);

        var flushed = await Client(board, key, HttpTransport.Shared).Queue.FlushAsync(Token);

        Assert.Equal(ScoreStatus.Duplicate, Assert.Single(flushed.Settled).Outcome.Status);
        Assert.Equal(5, (await server.StandingsAsync(board))["ada"]);
    }

    [Fact]
    public async Task A_score_that_was_never_sent_for_days_without_a_connection_counts()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync();
        var offline = new LaurelClient(new LaurelClientOptions("http://127.0.0.1:1", SdkServer.Tenant, board, key)
        {
            Clock = _clock,
            Storage = new FileScoreStorage(File),
            Patience = TimeSpan.FromSeconds(1),
        });
        await offline.Queue.AddAsync(new Score("ada", 5));
        Assert.IsType<LaurelUnavailableException>((await offline.Queue.FlushAsync(Token)).Trouble);
        _clock.Advance(TimeSpan.FromDays(3));

        var flushed = await Client(board, key, HttpTransport.Shared).Queue.FlushAsync(Token);

        Assert.Equal(ScoreStatus.Applied, Assert.Single(flushed.Settled).Outcome.Status);
        Assert.Equal(5, (await server.StandingsAsync(board))["ada"]);
    }

    [Fact]
    public async Task A_score_in_doubt_for_a_day_is_given_up_and_said_so()
    {
        var board = await server.MakeBoardAsync();
        var key = await server.MakeKeyAsync();
        var killed = Client(board, key, new ScriptedTransport(_ => null) { LosesAnswersOf = { 1 } }, TimeSpan.Zero);
        await killed.Queue.AddAsync(new Score("ada", 5));
        await killed.Queue.FlushAsync(Token);
        _clock.Advance(TimeSpan.FromHours(23.5));

        var client = Client(board, key, HttpTransport.Shared);
        await client.Queue.AddAsync(new Score("bob", 6));
        var flushed = await client.Queue.FlushAsync(Token);

        Assert.Equal([ScoreStatus.Expired, ScoreStatus.Applied], flushed.Settled.Select(settled => settled.Outcome.Status));
        Assert.Equal(new Dictionary<string, double> { ["ada"] = 5, ["bob"] = 6 }, await server.StandingsAsync(board));
    }

    [Fact]
    public async Task Refused_scores_leave_the_queue_and_are_told_of()
    {
        var board = await server.MakeBoardAsync("\"submission\":{\"max_score\":10}");
        var client = Client(board, await server.MakeKeyAsync(), HttpTransport.Shared);
        List<SettledScore> told = [];
        client.Queue.Settled += told.Add;
        await client.Queue.AddAsync(new Score("ada", 11));
        await client.Queue.AddAsync(new Score("ada", 9));

        var flushed = await client.Queue.FlushAsync(Token);

        Assert.Equal([ScoreStatus.Validation, ScoreStatus.Applied], flushed.Settled.Select(settled => settled.Outcome.Status));
        Assert.Equal(flushed.Settled, told);
        Assert.Equal(0, client.Queue.Count);
    }

    [Fact]
    public async Task A_score_that_is_too_large_for_any_request_holds_up_no_other()
    {
        var board = await server.MakeBoardAsync();
        var client = Client(board, await server.MakeKeyAsync(), HttpTransport.Shared);
        await client.Queue.AddAsync(new Score("ada", 1));
        await client.Queue.AddAsync(new Score("bob", 2) { Name = new string('b', 2_000_000) });
        await client.Queue.AddAsync(new Score("cid", 3));

        var flushed = await client.Queue.FlushAsync(Token);

        Assert.Equal([ScoreStatus.Applied, ScoreStatus.Validation, ScoreStatus.Applied], flushed.Settled.Select(settled => settled.Outcome.Status));
        Assert.Equal(new Dictionary<string, double> { ["ada"] = 1, ["cid"] = 3 }, await server.StandingsAsync(board));
    }

    [Fact]
    public async Task A_key_that_is_refused_keeps_the_scores()
    {
        var client = Client("arena", "lrl_tenant_0_0", HttpTransport.Shared);
        await client.Queue.AddAsync(new Score("ada", 1));

        var flushed = await client.Queue.FlushAsync(Token);

        Assert.IsType<LaurelUnauthorizedException>(flushed.Trouble);
        Assert.Equal(1, flushed.Remaining);
    }

    [Fact]
    public async Task A_full_queue_takes_no_more()
    {
        var client = new LaurelClient(new LaurelClientOptions(server.Address, "acme", "arena", "a-key"));
        for (var i = 0; i < ScoreQueue.Capacity; i++)
            Assert.True(await client.Queue.AddAsync(new Score("ada", i)));

        Assert.False(await client.Queue.AddAsync(new Score("ada", 0)));
        Assert.Equal(ScoreQueue.Capacity, client.Queue.Count);
    }

    [Fact]
    public async Task A_score_that_cannot_be_kept_is_not_in_the_queue()
    {
        System.IO.File.WriteAllText(Path.Combine(_directory, "scores"), "a file where the folder should be");
        var client = Client("arena", "a-key", HttpTransport.Shared);

        await Assert.ThrowsAnyAsync<IOException>(() => client.Queue.AddAsync(new Score("ada", 1)));
        Assert.Equal(0, client.Queue.Count);
    }

    [Fact]
    public async Task Lines_that_others_have_spoilt_hold_up_nothing()
    {
        var board = await server.MakeBoardAsync();
        var client = Client(board, await server.MakeKeyAsync(), HttpTransport.Shared);
        await client.Queue.AddAsync(new Score("ada", 1));
        await System.IO.File.AppendAllTextAsync(File, "{\"user_id\":\n[]\n{\"user_id\":\"\",\"score\":1,\"idempotency_key\":\"k\"}\n", Token);

        var flushed = await Client(board, client.Options.Key, HttpTransport.Shared).Queue.FlushAsync(Token);

        Assert.Equal("ada", Assert.Single(flushed.Settled).Score.UserId);
    }

    [Fact]
    public async Task A_running_queue_sends_what_is_added_whenever_there_is_a_connection()
    {
        var board = await server.MakeBoardAsync();
        var isDown = true;
        var client = Client(board, await server.MakeKeyAsync(), new ScriptedTransport(_ => Volatile.Read(ref isDown) ? new LaurelResponse(503, "") : null));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await client.Queue.AddAsync(new Score("ada", 1));

        var running = Task.Run(() => client.Queue.RunAsync(stop.Token), Token);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.Queue.AddAsync(new Score("bob", i))));
        Volatile.Write(ref isDown, false);

        await Eventually.TrueAsync(() => Task.FromResult(client.Queue.Count == 0), "the queue is empty");
        await client.Queue.AddAsync(new Score("cid", 3));
        await Eventually.TrueAsync(() => Task.FromResult(client.Queue.Count == 0), "the queue is empty again");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(new Dictionary<string, double> { ["ada"] = 1, ["bob"] = 49 * 50 / 2, ["cid"] = 3 }, await server.StandingsAsync(board));
    }

    [Fact]
    public async Task A_running_queue_goes_on_when_the_storage_or_a_handler_throws_and_says_so()
    {
        var board = await server.MakeBoardAsync();
        FailingStorage storage = new();
        var client = Client(board, await server.MakeKeyAsync(), HttpTransport.Shared, storage: storage);
        var isHandlerBad = true;
        ConcurrentQueue<Exception> stalls = [];
        client.Queue.Stalled += stalls.Enqueue;
        client.Queue.Settled += _ =>
        {
            if (isHandlerBad)
            {
                isHandlerBad = false;
                throw new InvalidOperationException("a bad handler");
            }
        };
        await client.Queue.AddAsync(new Score("ada", 1));
        storage.Fails = true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Task.Run(() => client.Queue.RunAsync(stop.Token), Token);

        await Eventually.TrueAsync(() => Task.FromResult(stalls.Count >= 2), "the storage's failures are told");
        Assert.All(stalls, static stall => Assert.IsType<IOException>(stall));
        storage.Fails = false;
        await Eventually.TrueAsync(() => Task.FromResult(stalls.Any(static stall => stall is InvalidOperationException)), "the handler's failure is told");
        await client.Queue.AddAsync(new Score("bob", 2));
        await Eventually.TrueAsync(() => Task.FromResult(client.Queue.Count == 0), "the queue is empty");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(new Dictionary<string, double> { ["ada"] = 1, ["bob"] = 2 }, await server.StandingsAsync(board));
    }

    public void Dispose() => _directory.Dispose();

    private LaurelClient Client(string board, string key, ILaurelTransport transport, TimeSpan? patience = null, IScoreStorage? storage = null) =>
        new(new LaurelClientOptions(server.Address, SdkServer.Tenant, board, key)
        {
            Transport = transport,
            Clock = _clock,
            Storage = storage ?? new FileScoreStorage(File),
            Patience = patience ?? TimeSpan.FromSeconds(30),
        });

    /// <summary>A storage whose disk can be taken away.</summary>
    private sealed class FailingStorage : IScoreStorage
    {
        private string? _text;

        public bool Fails { get; set; }

        public Task<string?> ReadAsync() => Task.FromResult(_text);

        public Task WriteAsync(string text)
        {
            if (Fails)
                throw new IOException("The disk is gone");
            _text = text;
            return Task.CompletedTask;
        }
    }
}
