namespace Laurel.ApiFrontend;

/// <summary>One tenant's requests at this gateway: what is counted and not written yet, and the month's sum as the store had it last.</summary>
internal sealed class TenantRequests(TimeProvider clock)
{
    /// <summary>Other gateways count too: what the store had is believed for so long.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly Queue<RequestBatch> _older = new();
    private int _month;
    private long _pending;
    private RequestBatch? _underWay;
    private long? _stored;
    private long _storedAt;
    private long? _triedAt;

    /// <summary>Whether there is something to write.</summary>
    public bool HasPending
    {
        get
        {
            lock (_gate)
                return _pending > 0 || _underWay is { Requests: > 0 } || _older.Count > 0;
        }
    }

    /// <summary>Counts one request of a month.</summary>
    public void Add(int month)
    {
        lock (_gate)
        {
            Enter(month);
            _pending++;
        }
    }

    /// <summary>The sum of a month; null while the store's part of it is not known.</summary>
    public long? Sum(int month)
    {
        lock (_gate)
        {
            Enter(month);
            return _stored + _pending + (_underWay is { } batch && batch.Month == month ? batch.Requests : 0);
        }
    }

    /// <summary>
    /// Asks for the sum when it is older than a second. Who has one does not wait while another asks, and nobody asks again within a second
    /// after an attempt that failed.
    /// </summary>
    /// <inheritdoc cref="FlushAsync"/>
    public async Task RefreshAsync(string tenant, int month, Func<string, RequestBatch, Task<long?>> add)
    {
        if (!IsDue(month) || (Sum(month) is not null && _flushing.CurrentCount == 0))
            return;
        await _flushing.WaitAsync();
        try
        {
            if (IsDue(month))
                await WriteAsync(tenant, month, add);
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Writes what is counted by now, or asks for the sum when there is nothing and it is not fresh. A batch of unknown fate is sent again as it was.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="month">The present month.</param>
    /// <param name="add">Adds a batch to the store and says the sum; null when that failed.</param>
    public async Task FlushAsync(string tenant, int month, Func<string, RequestBatch, Task<long?>> add)
    {
        await _flushing.WaitAsync();
        try
        {
            await WriteAsync(tenant, month, add);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private async Task WriteAsync(string tenant, int month, Func<string, RequestBatch, Task<long?>> add)
    {
        try
        {
            var isLast = false;
            while (!isLast && Next(month, out isLast) is { } batch)
            {
                if (await add(tenant, batch) is not { } sum)
                    return;
                lock (_gate)
                {
                    _underWay = null;
                    if (batch.Month == _month)
                        (_stored, _storedAt) = (sum, clock.GetTimestamp());
                }
            }
        }
        finally
        {
            lock (_gate)
                _triedAt = clock.GetTimestamp();
        }
    }

    private bool IsDue(int month)
    {
        lock (_gate)
        {
            Enter(month);
            return !IsStoredFresh && !(_triedAt is { } at && clock.GetElapsedTime(at) < Freshness);
        }
    }

    private bool IsStoredFresh => _stored is not null && clock.GetElapsedTime(_storedAt) < Freshness;

    /// <param name="month">The present month.</param>
    /// <param name="isLast">It holds what was counted until now: what comes meanwhile is for the next flush.</param>
    private RequestBatch? Next(int month, out bool isLast)
    {
        lock (_gate)
        {
            Enter(month);
            isLast = false;
            if (_underWay is not null || _older.TryDequeue(out _underWay))
                return _underWay;
            if (_pending == 0 && IsStoredFresh)
                return null;
            _underWay = new RequestBatch(_month, _pending);
            _pending = 0;
            isLast = true;
            return _underWay;
        }
    }

    /// <summary>A new month begins with nothing known; what is left of the old one waits to be written.</summary>
    private void Enter(int month)
    {
        if (month <= _month)
            return;
        if (_pending > 0)
            _older.Enqueue(new RequestBatch(_month, _pending));
        (_month, _pending, _stored, _triedAt) = (month, 0, null, null);
    }
}

/// <summary>Requests of one month, to be added once.</summary>
/// <param name="month">Months since the year 0.</param>
/// <param name="requests">How many.</param>
internal sealed class RequestBatch(int month, long requests)
{
    public int Month => month;

    public long Requests => requests;

    /// <summary>Its number among the gateway's batches; 0 until it is sent.</summary>
    public long Number { get; set; }
}
