using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests;

/// <summary>A gateway as the rate limit expects it: one question at a time, one lease, and what is left of it goes back when it ends.</summary>
/// <param name="grains">Where the grain is.</param>
/// <param name="clock">Its clock.</param>
/// <param name="terms">The limit.</param>
/// <param name="served">Where requests that were served are noted.</param>
/// <param name="always">How many permits it asks for each time; null for more and more.</param>
internal sealed class FakeGateway(IGrainPort grains, TimeProvider clock, RateLimitTerms terms, ServedLog served, int? always = null) : IDisposable
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Lock _lock = new();
    private PermitLease? _lease;
    private DateTimeOffset _end;
    private int _left;
    private int _waiting;
    private int _wanted = 8;

    /// <inheritdoc cref="FakeGateway"/>
    public FakeGateway(GrainCluster cluster, RateLimitTerms terms, ServedLog served, int? always = null)
        : this(cluster.Grains, cluster.Clock, terms, served, always)
    {
    }

    /// <summary>How often it called the grain.</summary>
    public int Questions { get; private set; }

    /// <summary>Serves a request, and notes when; or says after which time to come again.</summary>
    public async Task<TimeSpan?> TakeAsync()
    {
        Interlocked.Increment(ref _waiting);
        await _asking.WaitAsync();
        try
        {
            while (!TryServe())
            {
                var lease = await AskAsync(always ?? (_wanted = Math.Max(_wanted * 2, Volatile.Read(ref _waiting))));
                Assert.Equal(OutcomeStatus.Ok, lease.Status);
                if (lease.Granted == 0)
                    return lease.RetryAfter;
            }

            return null;
        }
        finally
        {
            _asking.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives back what is left.</summary>
    public async Task ReturnAsync()
    {
        await _asking.WaitAsync();
        try
        {
            if (_lease is not null)
                await AskAsync(wanted: 0);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    private bool TryServe()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_left == 0 || now >= _end)
                return false;
            _left--;
            served.Add(now);
            return true;
        }
    }

    private async Task<PermitLease> AskAsync(int wanted)
    {
        LeasePermits request;
        lock (_lock)
        {
            request = new(_id, wanted, terms, _lease?.Lease ?? 0, _left);
            _lease = null;
            _left = 0;
        }

        Questions++;
        var asked = clock.GetUtcNow();
        var lease = await grains.CallAsync("k1", static (IRateLimit limit, LeasePermits request) => limit.LeaseAsync(request), request);
        lock (_lock)
        {
            if (lease.Granted > 0)
                (_lease, _left, _end) = (lease, lease.Granted, asked + lease.GoodFor);
        }

        return lease;
    }
}
