using Laurel.Storage;

namespace Laurel.Grains.Tests;

/// <summary>A store in which a test holds up single commits of records: for races that must end in one certain way.</summary>
internal sealed class PausingStore(IStore inner) : IStore, IRecordStore
{
    private readonly Lock _lock = new();
    private Func<RecordWrite, bool> _picks = _ => false;
    private TaskCompletionSource _reached = new();
    private TaskCompletionSource _goOn = new();

    public IJournalStore Journals => inner.Journals;

    public IRecordStore Records => this;

    /// <summary>The next commit with such a write waits until <see cref="Release"/>. Ends when it has come that far.</summary>
    public Task PauseAsync(Func<RecordWrite, bool> picks)
    {
        lock (_lock)
        {
            _picks = picks;
            _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    /// <summary>Lets the commit go on.</summary>
    public void Release() => _goOn.SetResult();

    public async Task<WriteOutcome> CommitAsync(IReadOnlyList<RecordWrite> writes)
    {
        Task goOn;
        lock (_lock)
        {
            goOn = writes.Any(_picks) ? _goOn.Task : Task.CompletedTask;
            if (!goOn.IsCompleted)
            {
                _picks = _ => false;
                _reached.SetResult();
            }
        }

        await goOn;
        return await inner.Records.CommitAsync(writes);
    }

    public Task<StoredRecord?> GetAsync(string key) => inner.Records.GetAsync(key);

    public Task<StoredRecord?[]> GetManyAsync(IReadOnlyList<string> keys) => inner.Records.GetManyAsync(keys);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string prefix, string? after, int limit) => inner.Records.ListAsync(prefix, after, limit);

    public Task<int> CountAsync(string prefix) => inner.Records.CountAsync(prefix);

    public Task<bool> CheckAsync() => inner.CheckAsync();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
