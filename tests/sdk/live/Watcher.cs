using Laurel.Client;

namespace Laurel.Sdk.Tests.Live;

/// <summary>Takes the updates of a live board one by one, and holds each against the one before: its changes must lead from there to its rows.</summary>
internal sealed class Watcher(LaurelClient client, LiveQuery query) : IAsyncDisposable
{
    // A server that is killed and started on a busy machine comes back within this.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _over = new();
    private IAsyncEnumerator<LiveUpdate>? _updates;
    private LiveUpdate? _before;

    public static ILiveTransport Transport(string name) => name == "events"
        ? new EventStreamTransport(new HttpClient { Timeout = Timeout.InfiniteTimeSpan })
        : new WebSocketTransport();

    /// <summary>The next one.</summary>
    public async Task<LiveUpdate> NextAsync()
    {
        _updates ??= client.FollowAsync(query, _over.Token).GetAsyncEnumerator(CancellationToken.None);
        _over.CancelAfter(Patience);
        Assert.True(await _updates.MoveNextAsync());
        Check(_updates.Current);
        return _before = _updates.Current;
    }

    /// <summary>Goes on until an update is as it should be.</summary>
    public async Task<LiveUpdate> UntilAsync(Func<LiveUpdate, bool> condition)
    {
        var update = _before ?? await NextAsync();
        while (!condition(update))
            update = await NextAsync();
        return update;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_updates is not null)
            await _updates.DisposeAsync();
        _over.Dispose();
    }

    private void Check(LiveUpdate update)
    {
        Assert.Equal(update.Rows.Select(row => row.Rank), update.Rows.Select(row => row.Rank).Order());
        if (_before is null || update.Closing is not null)
            return;
        var first = (query.Page - 1) * query.PageSize;
        var rows = _before.Rows.ToDictionary(row => row.UserId, row => (row.Rank, row.Score));
        foreach (var change in update.Changes)
        {
            if (change is { Rank: { } rank, Score: { } score } && rank > first && rank <= first + query.PageSize)
                rows[change.UserId] = (rank, score);
            else
                rows.Remove(change.UserId);
        }

        Assert.Equal(rows.OrderBy(row => row.Value.Rank).Select(row => (row.Key, row.Value)), update.Rows.Select(row => (row.UserId, (row.Rank, row.Score))));
        Assert.True(update.WindowKey != _before.WindowKey || update.Sequence >= _before.Sequence);
    }
}
