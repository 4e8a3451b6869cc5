namespace Laurel.Client;

/// <summary>
/// Scores that are sent when there is a connection, however late. With a storage (<see cref="LaurelClientOptions.Storage"/>) they survive
/// restarts; a score that was sent, but whose answer was lost with the process, is sent again with its key and counts once. At most
/// <see cref="Capacity"/> of them wait. Calls may overlap and come from any thread; flushes follow one another.
/// </summary>
public sealed class ScoreQueue
{
    /// <summary>The most scores that wait.</summary>
    public const int Capacity = 1000;

    // The server remembers keys for 24 hours.
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromHours(23);

    private readonly object _gate = new();
    private readonly Turns _saves = new();
    private readonly Turns _flushes = new();
    private readonly Submitter _submitter;
    private readonly LaurelClientOptions _options;
    private List<QueuedScore> _waiting = [];
    private Task? _loading;
    private long _version;
    private long _savedVersion;
    private TaskCompletionSource<bool> _added = new();

    internal ScoreQueue(Submitter submitter, LaurelClientOptions options) => (_submitter, _options) = (submitter, options);

    /// <summary>How many wait, as far as is known: before the first call those of an earlier run are not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Is called for each score that leaves the queue, after the storage knows.</summary>
    public event Action<SettledScore>? Settled;

    /// <summary>
    /// Is called each time that <see cref="RunAsync"/> could not send all and will try again: with a <see cref="LaurelException"/> for the
    /// server or the way to it, and with whatever the storage or a handler of <see cref="Settled"/> threw.
    /// </summary>
    public event Action<Exception>? Stalled;

    /// <summary>Adds a score. Nothing is sent. When the task has ended, the storage has it.</summary>
    /// <returns>False when the queue is full, and the score is not in it.</returns>
    /// <exception cref="Exception">The storage's own, when it cannot be written: the score is not in the queue.</exception>
    public async Task<bool> AddAsync(Score score)
    {
        _ = score ?? throw new ArgumentNullException(nameof(score));
        await LoadAsync();
        lock (_gate)
        {
            if (_waiting.Count >= Capacity)
                return false;
            _waiting.Add(new QueuedScore(score, null));
            _version++;
        }

        try
        {
            await SaveAsync();
        }
        catch
        {
            lock (_gate)
            {
                _waiting.RemoveAll(waiting => waiting.Score == score);
                _version++;
            }

            throw;
        }

        TaskCompletionSource<bool> added;
        lock (_gate)
            added = _added;
        added.TrySetResult(true);
        return true;
    }

    /// <summary>Sends what waits, the oldest first, with the patience of any other call.</summary>
    /// <param name="cancellation">Ends it; what was not settled stays.</param>
    /// <returns>What it came to. Being without a connection is no exception here.</returns>
    /// <exception cref="Exception">The storage's own, when it cannot be read or written.</exception>
    public Task<FlushResult> FlushAsync(CancellationToken cancellation = default) => _flushes.NextAsync(() => FlushNowAsync(cancellation));

    /// <summary>
    /// Sends what waits and what is added later, until it is cancelled. Whatever keeps it from that, it tells <see cref="Stalled"/> and
    /// tries again, without end.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backoff = new Backoff(_options.Clock, null);
        while (true)
        {
            Task added;
            lock (_gate)
            {
                if (_added.Task.IsCompleted)
                    _added = new();
                added = _added.Task;
            }

            var trouble = await TryFlushAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (trouble is not null)
            {
                Stalled?.Invoke(trouble);
                await _options.Clock.Delay(backoff.AfterFailure((trouble as LaurelException)?.RetryAfter)!.Value, cancellation);
                continue;
            }

            backoff = new Backoff(_options.Clock, null);
            var cancelled = new TaskCompletionSource<bool>();
            using (cancellation.Register(() => cancelled.TrySetResult(true)))
                await Task.WhenAny(added, cancelled.Task);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<Exception?> TryFlushAsync(CancellationToken cancellation)
    {
        try
        {
            return (await FlushAsync(cancellation)).Trouble;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private async Task<FlushResult> FlushNowAsync(CancellationToken cancellation)
    {
        await LoadAsync();
        List<SettledScore> settled = [];
        if (Count == 0)
            return new FlushResult(settled, 0, null);
        try
        {
            // A score is in doubt from its first attempt on: without a connection there must be none.
            await _submitter.ReachAsync(cancellation);
        }
        catch (LaurelException exception)
        {
            return new FlushResult(settled, Count, exception);
        }

        while (true)
        {
            var chunk = Take();
            if (chunk.Count == 0)
                return new FlushResult(settled, Count, null);

            var expired = chunk.Where(queued => _options.Clock.Now - queued.AttemptedAt > LongestDoubt).ToList();
            await SettleAsync(expired, [.. expired.Select(static _ => new ScoreOutcome("expired"))], settled);
            chunk = [.. chunk.Except(expired)];
            try
            {
                // When the process dies behind this line, the next one knows that the scores may have counted.
                await SaveAsync();
                var outcomes = await _submitter.SubmitAsync([.. chunk.Select(static queued => queued.Score)], cancellation);
                await SettleAsync(chunk, outcomes, settled);
            }
            catch (LaurelException exception)
            {
                await SettleAsync([.. chunk.Take(exception.Outcomes.Count)], exception.Outcomes, settled);
                return new FlushResult(settled, Count, exception);
            }
        }
    }

    /// <summary>The oldest that one request takes, marked as sent.</summary>
    private List<QueuedScore> Take()
    {
        lock (_gate)
        {
            var count = Math.Min(Submitter.ChunkSize, _waiting.Count);
            for (var i = 0; i < count; i++)
                _waiting[i] = _waiting[i] with { AttemptedAt = _waiting[i].AttemptedAt ?? _options.Clock.Now };
            _version++;
            return _waiting.GetRange(0, count);
        }
    }

    private async Task SettleAsync(List<QueuedScore> scores, IReadOnlyList<ScoreOutcome> outcomes, List<SettledScore> settled)
    {
        if (scores.Count == 0)
            return;
        lock (_gate)
        {
            _waiting = [.. _waiting.Except(scores)];
            _version++;
        }

        await SaveAsync();
        for (var i = 0; i < scores.Count; i++)
        {
            var one = new SettledScore(scores[i].Score, outcomes[i]);
            settled.Add(one);
            Settled?.Invoke(one);
        }
    }

    private Task LoadAsync()
    {
        if (_options.Storage is not { } storage)
            return Task.CompletedTask;
        lock (_gate)
        {
            // One that failed is tried again.
            if (_loading is null || _loading.IsFaulted)
                _loading = LoadAsync(storage);
            return _loading;
        }
    }

    private async Task LoadAsync(IScoreStorage storage)
    {
        var kept = QueuedScore.Read(await storage.ReadAsync());
        lock (_gate)
            _waiting = [.. kept, .. _waiting];
    }

    /// <summary>Brings the storage up to date. Writes follow one another; one serves all that waited for it.</summary>
    private Task SaveAsync() => _options.Storage is { } storage ? _saves.NextAsync(() => SaveAsync(storage)) : Task.CompletedTask;

    private async Task<bool> SaveAsync(IScoreStorage storage)
    {
        string text;
        long version;
        lock (_gate)
        {
            if (_savedVersion == _version)
                return false;
            version = _version;
            text = QueuedScore.Write(_waiting);
        }

        await storage.WriteAsync(text);
        _savedVersion = version;
        return true;
    }
}
