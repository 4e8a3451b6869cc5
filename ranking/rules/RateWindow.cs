using System.Diagnostics;

namespace Laurel.Ranking;

/// <summary>
/// A sliding limit: in every interval of the window's length at most so many permits are used, wherever the interval begins.
/// </summary>
/// <remarks>
/// <para>
/// Every permit counts against the limit from its grant until a window's length after the latest moment at which it may have been used:
/// the grant itself for one that is taken, the settlement for one that was lent, or the lease's end when it is never settled. That is
/// why the limit holds: of all permits used within one interval look at the one granted last. At its grant the others, used within the
/// same interval, all still counted; so together they are no more than the limit.
/// </para>
/// <para>
/// Use is counted per slot of a 600th of the window, and a slot counts as if all in it had been used at its end: a permit comes back
/// up to a 600th of the window late, never early. Memory is 2.4 KB whatever the limit is, and 24 B for a lease that runs. A call takes
/// some nanoseconds when little time has passed since the last one, at most some microseconds.
/// </para>
/// <para>
/// Time is given by the caller in microseconds of any origin, so that a monotonic clock serves. A clock that steps back stands still
/// for that moment and goes on from there: permits come back later, never earlier. Not thread-safe.
/// </para>
/// </remarks>
public sealed class RateWindow
{
    /// <summary>So many leases may run at once; a further one is granted nothing.</summary>
    public const int MaxLeases = 256;

    private const int SlotsPerWindow = 600;

    private readonly int _requests;
    private readonly long _window;
    private readonly long _slot;
    private readonly int[] _counts;
    private readonly List<Loan> _loans = [];

    private long? _lastNow;
    private long _elapsed;
    private long _oldest;
    private int _held;
    private long _lastId;

    /// <summary>A window in which nothing has been used.</summary>
    /// <param name="requests">Permits per window, at least 1.</param>
    /// <param name="window">At least 1 ms; parts of a microsecond are dropped.</param>
    public RateWindow(int requests, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromMilliseconds(1));
        _requests = requests;
        _window = ToMicros(window);
        _slot = Math.Max(1, _window / SlotsPerWindow);
        _counts = new int[_window / _slot + 2];
    }

    /// <summary>How many permits could be taken.</summary>
    public int Remaining(long nowMicros)
    {
        Advance(nowMicros);
        return _requests - _held;
    }

    /// <summary>Takes permits to be used at this moment.</summary>
    /// <param name="nowMicros">The caller's clock.</param>
    /// <param name="wanted">At least 1.</param>
    /// <returns>How many were granted: all that are wanted or all there are, 0 when there are none.</returns>
    public int TryTake(long nowMicros, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        Advance(nowMicros);
        var granted = Math.Min(wanted, _requests - _held);
        Count(_elapsed, granted);
        _held += granted;
        return granted;
    }

    /// <summary>
    /// Lends permits to be used until the lease ends. The holder measures <paramref name="goodFor"/> from before it asked, so that it
    /// stops no later than this window believes.
    /// </summary>
    /// <param name="nowMicros">The caller's clock.</param>
    /// <param name="wanted">At least 1.</param>
    /// <param name="goodFor">How long they may be used; not negative.</param>
    /// <returns>As many as are wanted or as there are; the default when there are none, or <see cref="MaxLeases"/> run.</returns>
    public RateLease Lease(long nowMicros, int wanted, TimeSpan goodFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(goodFor, TimeSpan.Zero);
        Advance(nowMicros);
        var granted = Math.Min(wanted, _requests - _held);
        if (granted == 0 || _loans.Count == MaxLeases) return default;
        _loans.Add(new Loan(++_lastId, granted, _elapsed + ToMicros(goodFor)));
        _held += granted;
        return new RateLease(_lastId, granted);
    }

    /// <summary>
    /// Takes back what a holder did not use; it uses nothing of the lease after asking for this. The used ones count from now on. To do
    /// it again, or after the lease's end, changes nothing: what was lent then counts as used at the end.
    /// </summary>
    /// <param name="nowMicros">The caller's clock.</param>
    /// <param name="id">Of the lease.</param>
    /// <param name="unused">As the holder says; taken as at least 0 and at most what was lent.</param>
    /// <returns>Whether the lease was still running.</returns>
    public bool Settle(long nowMicros, long id, int unused)
    {
        Advance(nowMicros);
        var index = _loans.FindIndex(x => x.Id == id);
        if (index < 0) return false;
        var loan = _loans[index];
        _loans.RemoveAt(index);
        unused = Math.Clamp(unused, 0, loan.Permits);
        Count(_elapsed, loan.Permits - unused);
        _held -= unused;
        return true;
    }

    /// <summary>
    /// After this time a permit can be had if nobody else takes one, and no earlier unless a lease is settled. Zero when there is one
    /// now.
    /// </summary>
    public TimeSpan RetryAfter(long nowMicros)
    {
        Advance(nowMicros);
        if (_held < _requests) return _loans.Count < MaxLeases ? TimeSpan.Zero : Until(_loans.Min(x => x.EndsAt));

        var newest = SlotOf(_elapsed);
        for (var slot = _oldest; slot <= newest; slot++)
            if (CountIn(slot) > 0) return Until(FreeAt(slot));
        return Until(FreeAt(SlotOf(_loans.Min(x => x.EndsAt))));
    }

    /// <summary>After this time all permits can be had if nobody takes one. Zero when nothing counts now.</summary>
    public TimeSpan FreeAfter(long nowMicros)
    {
        Advance(nowMicros);
        if (_loans.Count > 0) return Until(FreeAt(SlotOf(_loans.Max(x => x.EndsAt))));
        for (var slot = SlotOf(_elapsed); slot >= _oldest; slot--)
            if (CountIn(slot) > 0) return Until(FreeAt(slot));
        return TimeSpan.Zero;
    }

    /// <summary>Brings the own clock up to the caller's, and lets go of what no longer counts.</summary>
    private void Advance(long now)
    {
        if (now > _lastNow) _elapsed += now - _lastNow.Value;
        _lastNow = now;

        // A slot counts until a whole window has passed since its end.
        var oldest = Math.Max(0, (_elapsed - _window) / _slot);
        for (var slot = Math.Max(_oldest, oldest - _counts.Length); slot < oldest; slot++)
        {
            _held -= CountIn(slot);
            CountIn(slot) = 0;
        }

        _oldest = oldest;

        for (var i = _loans.Count - 1; i >= 0; i--)
        {
            if (_loans[i].EndsAt > _elapsed) continue;
            if (SlotOf(_loans[i].EndsAt) >= _oldest) Count(_loans[i].EndsAt, _loans[i].Permits);
            else _held -= _loans[i].Permits;
            _loans.RemoveAt(i);
        }

        Debug.Assert(_held >= 0 && _held <= _requests);
    }

    private void Count(long at, int permits) => CountIn(SlotOf(at)) += permits;

    /// <summary>The ring's count of a slot between the oldest that counts and the present one.</summary>
    private ref int CountIn(long slot) => ref _counts[slot % _counts.Length];

    private long SlotOf(long elapsed) => elapsed / _slot;

    /// <summary>When, on the own clock, the slot's permits stop counting.</summary>
    private long FreeAt(long slot) => (slot + 1) * _slot + _window;

    private TimeSpan Until(long elapsed) => TimeSpan.FromTicks((elapsed - _elapsed) * TimeSpan.TicksPerMicrosecond);

    private static long ToMicros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A lease that runs, with its end on the own clock.</summary>
    private readonly record struct Loan(long Id, int Permits, long EndsAt);
}
