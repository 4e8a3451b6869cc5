using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// One key's permits at this gateway. They are lent in blocks by the key's <see cref="IRateLimit"/> and spent here without a call;
/// unused ones go back with the next request for more, or when their lease has ended and none has come. Exact: a permit is used once,
/// and only while its lease lasts.
/// </summary>
/// <remarks>
/// Blocks grow while they are soon used up and shrink when they are not, so that a busy key costs a few calls a second, one that is used
/// once a second fewer than that, and an idle one holds little. A refusal is remembered until its time has passed, so that refusing costs
/// no call either.
/// </remarks>
internal sealed class PermitPool : IDisposable
{
    private const int LargestBlock = 8192;

    // A block that lasts longer is large enough.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // What is left of a longer lease waits half its time for the next request to take it along: others miss little by it.
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    // Timers count in whole milliseconds and may cut the rest off.
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly string _keyId;
    private readonly Guid _gateway;
    private readonly IGrainPort _port;
    private readonly TimeProvider _clock;
    private readonly ITimer _leaseEnd;
    private readonly Lock _gate = new();
    private RateLimitTerms? _terms;
    private HeldPermits? _held;
    private (long Lease, int Unused) _closed;
    private PermitLease? _lent;
    private Task<PermitLease>? _asking;
    private int _block = 8;
    private int _waiting;
    private long _refusedAt;
    private TimeSpan _refusedFor;
    private long _lastUsed;

    /// <param name="keyId">The key's id: that of the grain too.</param>
    /// <param name="gateway">This process.</param>
    /// <param name="port">To the grain.</param>
    /// <param name="clock">For the leases' ends.</param>
    public PermitPool(string keyId, Guid gateway, IGrainPort port, TimeProvider clock)
    {
        (_keyId, _gateway, _port, _clock) = (keyId, gateway, port, clock);
        _lastUsed = clock.GetTimestamp();
        _leaseEnd = clock.CreateTimer(
            static pool => ((PermitPool)pool!).GiveBack(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When it last had to ask, by the clock's timestamp.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Takes a permit; most often at once and without an allocation.</summary>
    public ValueTask<Permit> TakeAsync(RateLimitTerms terms) =>
        Volatile.Read(ref _held) is { } held && held.TryTake(_clock) ? new(Permit.Yes) : WaitAsync(terms);

    /// <summary>What is left of the limit; null before the first permit was asked for.</summary>
    public PermitStanding? Look()
    {
        if (Volatile.Read(ref _lent) is not { } lent)
            return null;
        return lent.Granted == 0
            ? new PermitStanding(0, lent.Reset)
            : new PermitStanding(lent.Remaining + (Volatile.Read(ref _held)?.Left ?? 0), lent.Reset);
    }

    /// <inheritdoc/>
    public void Dispose() => _leaseEnd.Dispose();

    private async ValueTask<Permit> WaitAsync(RateLimitTerms terms)
    {
        Volatile.Write(ref _lastUsed, _clock.GetTimestamp());
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                Task<PermitLease> asking;
                lock (_gate)
                {
                    if (_asking is null)
                    {
                        if (_held?.TryTake(_clock) == true)
                            return Permit.Yes;
                        if (_refusedFor - _clock.GetElapsedTime(_refusedAt) is { Ticks: > 0 } wait)
                            return Permit.No(wait);
                        _terms = terms;
                        _asking = AskAsync();
                    }

                    asking = _asking;
                }

                var lease = await asking;
                if (lease.Status != OutcomeStatus.Ok)
                    return Permit.Undecided;
                if (lease.Granted == 0)
                    return Permit.No(lease.RetryAfter);
                if (Volatile.Read(ref _held)?.TryTake(_clock) == true)
                    return Permit.Yes;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives back what is left and asks for more. Begins under the gate, and goes on without it.</summary>
    private async Task<PermitLease> AskAsync()
    {
        var (returned, unused) = Close();
        var request = new LeasePermits(_gateway, Math.Max(_block, Volatile.Read(ref _waiting)), _terms!, returned, unused);
        // The gate is left before anyone else's code runs.
        await Task.Yield();
        var askedAt = _clock.GetTimestamp();
        var lease = await CallAsync(request);
        lock (_gate)
        {
            _asking = null;
            if (lease.Status == OutcomeStatus.Ok)
                Volatile.Write(ref _lent, lease);
            if (lease is { Status: OutcomeStatus.Ok, Granted: > 0 })
                Hold(lease, askedAt);
            else if (lease.Status == OutcomeStatus.Ok)
                (_refusedAt, _refusedFor) = (_clock.GetTimestamp(), lease.RetryAfter);
        }

        return lease;
    }

    private void Hold(PermitLease lease, long askedAt)
    {
        _held = new HeldPermits(lease, askedAt, askedAt + (long)(lease.GoodFor.TotalSeconds * _clock.TimestampFrequency));
        // A single permit is used by whoever asked for it: nothing of it comes back.
        if (lease.Granted > 1)
            _leaseEnd.Change((lease.GoodFor < Brief ? lease.GoodFor : 1.5 * lease.GoodFor) + TimerGrain, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns what an ended lease has left, so that other gateways need not wait for it.</summary>
    private void GiveBack()
    {
        LeasePermits request;
        lock (_gate)
        {
            if (_asking is not null || _held is null)
                return;
            // Timers follow a coarser clock, and may ring some milliseconds early.
            if (!_held.HasEnded(_clock))
            {
                _leaseEnd.Change(_held.LastsFor(_clock) + TimerGrain, Timeout.InfiniteTimeSpan);
                return;
            }

            var (returned, unused) = Close();
            if (unused == 0)
                return;
            request = new LeasePermits(_gateway, 0, _terms!, returned, unused);
        }

        // Whether it arrives only decides how soon others get these permits.
        _ = CallAsync(request);
    }

    /// <summary>Ends the lease and says what is left of it. Said again of one ended before, which its grain may think runs still.</summary>
    private (long Lease, int Unused) Close()
    {
        if (Interlocked.Exchange(ref _held, null) is not { } held)
            return _closed;

        var unused = held.Close();
        if (unused == 0 && _clock.GetElapsedTime(held.AskedAt) < Soon)
            _block = Math.Min(LargestBlock, Math.Max(_block, held.Granted) * 2);
        else if (unused > held.Granted / 2 || unused == held.Granted - 1)
            _block = Math.Max(1, _block / 2);
        return _closed = (held.Lease, unused);
    }

    private Task<PermitLease> CallAsync(LeasePermits request) =>
        _port.CallAsync<IRateLimit, LeasePermits, PermitLease>(_keyId, static (limit, ask) => limit.LeaseAsync(ask), request);
}
