using Laurel.GrainInterfaces;
using Laurel.Ranking;

namespace Laurel.Grains;

/// <summary>
/// The permits of one API key, in memory alone: what a lost process forgets is the one exception to the limit.
/// </summary>
/// <remarks>
/// <para>
/// A gateway is lent its share of what is left, half of it over the gateways that hold some, so that the blocks of a lonely one are
/// large, a newcomer finds something left, and near the limit single permits are lent. Leases last a quarter of a second, those of a
/// few permits two seconds while half the limit is free, all less where the window is short: so that a key used once in a while costs
/// few calls, and the others wait for little when it comes to the limit. Whoever finds nothing waits in line for what others hold, and
/// only then is refused: until the leases have ended, and as long again for what was left of them. A single permit is used by the request
/// it was asked for, so that its report is not waited for.
/// </para>
/// <para>
/// A gateway has one lease at a time, and gives back what is left when it ends, with its next request or with one that wants nothing.
/// One that does not name its last while that runs did not get the reply: it is answered by that lease again, as is a request delivered
/// twice.
/// </para>
/// <para>
/// Hosts unload what nobody calls, and here that would be to forget the window. So while permits count for longer than hosts wait, the
/// grain calls itself.
/// </para>
/// </remarks>
public class RateLimit(ActivationContext context) : IRateLimit, IActivation
{
    private const int LeasesPerWindow = 20;
    // Permits are few up to a 64th of the limit.
    private const int FewestParts = 64;
    private const int MostRemembered = 64;

    private static readonly long UsualLease = MicrosOf(TimeSpan.FromMilliseconds(250));
    private static readonly long LongestLease = MicrosOf(TimeSpan.FromSeconds(2));
    private static readonly long LongestWait = 2 * LongestLease;

    /// <summary>Who is not called for so long may stay loaded everywhere: hosts wait a quarter of an hour.</summary>
    private static readonly TimeSpan SafeRest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenSigns = TimeSpan.FromMinutes(5);

    /// <summary>Under no terms nothing is asked for, and nothing changes: only that it is a call counts.</summary>
    private static readonly LeasePermits SignOfLife = new(Guid.Empty, 0, new(0, 0), 0, 0);

    private readonly CancellationTokenSource _ending = new();
    private readonly long _origin = context.Clock.GetTimestamp();
    private readonly Dictionary<Guid, Borrowing> _borrowings = [];
    private RateLimitTerms? _terms;
    private PermitLedger _ledger = null!;
    private TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _line = Task.CompletedTask;
    private bool _staysAwake;
    private long _lastLease = context.Clock.GetUtcNow().UtcTicks;

    private long Now => MicrosOf(context.Clock.GetElapsedTime(_origin));

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => _ending.CancelAsync();

    /// <inheritdoc/>
    public async Task<PermitLease> LeaseAsync(LeasePermits request)
    {
        if (request.Wanted < 0 || request.Terms is not { Requests: >= 1, Seconds: >= 1 })
            return new(OutcomeStatus.Invalid);

        TakeBack(request);
        if (request.Wanted == 0)
            return new(OutcomeStatus.Ok, Remaining: _ledger.Free(Now), Reset: ResetAt(Now));

        // Before the line too: those in it may be waiting for just this lease.
        return Repeated(request) ?? await InLineAsync(request);
    }

    private async Task<PermitLease> InLineAsync(LeasePermits request)
    {
        var before = _line;
        TaskCompletionSource served = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _line = served.Task;
        try
        {
            await before;
            if (Repeated(request) is { } answered)
                return answered;
            await WhenSomeAreFreeAsync();
            return Answer(request);
        }
        finally
        {
            served.SetResult();
        }
    }

    private void TakeBack(LeasePermits request)
    {
        if (_terms != request.Terms)
        {
            _terms = request.Terms;
            _ledger = new(_terms.Requests, _terms.Seconds * MicrosOf(TimeSpan.FromSeconds(1)));
            _borrowings.Clear();
        }

        if (request.ReturnedLease == 0)
            return;
        _ledger.Report(Now, request.ReturnedLease, request.Unused);
        if (_borrowings.TryGetValue(request.Gateway, out var last) && last.Lease.Lease == request.ReturnedLease)
            _borrowings.Remove(request.Gateway);
        _returned.SetResult();
        _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Waits while nothing is free but something may be given back: at the most as long as some leases last, one after the other.</summary>
    private async Task WhenSomeAreFreeAsync()
    {
        var latest = Now + LongestWait;
        while (true)
        {
            var now = Now;
            if (_ledger.Free(now) > 0 || now >= latest || _ledger.NextReport(now) is not { } reported)
                return;

            using CancellationTokenSource awake = new();
            var due = Task.Delay(TimeSpan.FromMicroseconds(Math.Min(reported, latest) - now), context.Clock, awake.Token);
            await Task.WhenAny(_returned.Task, due);
            await awake.CancelAsync();
        }
    }

    /// <summary>The lease that answers this request already, for the rest of its time; null when there is none.</summary>
    private PermitLease? Repeated(LeasePermits request)
    {
        var now = Now;
        return _borrowings.TryGetValue(request.Gateway, out var last) && last.End > now
            ? last.Lease with { GoodFor = TimeSpan.FromMicroseconds(last.End - now) }
            : null;
    }

    private PermitLease Answer(LeasePermits request)
    {
        var now = Now;
        var free = _ledger.Free(now);
        if (free == 0)
            return new(OutcomeStatus.Ok, RetryAfter: TimeSpan.FromMicroseconds(_ledger.RetryAfter(now)), Reset: ResetAt(now));

        ForgetEnded(now);
        var holders = _borrowings.Count(other => other.Value.End > now && other.Key != request.Gateway) + 1;
        var granted = Math.Clamp(free / (2 * holders), 1, request.Wanted);
        var areFew = granted > 1 && granted <= request.Terms.Requests / FewestParts && free - granted >= request.Terms.Requests / 2;
        var goodFor = Math.Min(areFew ? LongestLease : UsualLease, MicrosOf(TimeSpan.FromSeconds(request.Terms.Seconds)) / LeasesPerWindow);
        var end = now + goodFor;
        _ledger.Lend(now, ++_lastLease, granted, end, reported: granted > 1 ? end + goodFor : end);

        PermitLease lease = new(
            OutcomeStatus.Ok, granted, _lastLease, TimeSpan.FromMicroseconds(goodFor), Remaining: free - granted, Reset: ResetAt(now));
        _borrowings[request.Gateway] = new(lease, end);
        if (!_staysAwake)
            _ = StayAwakeAsync();
        return lease;
    }

    /// <summary>Keeps the host from unloading what it would forget too early.</summary>
    private async Task StayAwakeAsync()
    {
        _staysAwake = true;
        try
        {
            while (_ledger.FreeAfter(Now) > MicrosOf(SafeRest))
            {
                await Task.Delay(BetweenSigns, context.Clock, _ending.Token);
                await context.Grains.CallAsync(context.Key, static (IRateLimit self, LeasePermits request) => self.LeaseAsync(request), SignOfLife);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, or moves it elsewhere.
        }
        finally
        {
            _staysAwake = false;
        }
    }

    private DateTimeOffset ResetAt(long now) => context.Clock.GetUtcNow() + TimeSpan.FromMicroseconds(_ledger.FreeAfter(now));

    private void ForgetEnded(long now)
    {
        if (_borrowings.Count < MostRemembered)
            return;
        foreach (var (gateway, borrowing) in _borrowings)
        {
            if (borrowing.End <= now)
                _borrowings.Remove(gateway);
        }
    }

    private static long MicrosOf(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>What a gateway was lent last, and until when.</summary>
    private sealed record Borrowing(PermitLease Lease, long End);
}
