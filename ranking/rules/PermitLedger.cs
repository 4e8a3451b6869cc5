using System.Runtime.InteropServices;

namespace Laurel.Ranking;

/// <summary>
/// A sliding limit on permits that are lent out: in every interval of the window's length at most so many are used, wherever the
/// interval begins.
/// </summary>
/// <remarks>
/// <para>
/// A permit counts from the moment it is lent until a window's length after the latest moment at which it may have been used: the report
/// of a loan that still runs, or the loan's end. Of all permits used within one interval look at the one lent last: when it was lent
/// the others all counted, so together they are no more than the limit.
/// </para>
/// <para>
/// A loan that ends unreported counts as used whole. A later report still frees what was not used, since its holder stopped at the end:
/// so nobody loses permits by asking seldom.
/// </para>
/// <para>
/// Uses are counted per slot of a 600th of the window and come back at its end: up to a 600th late, never early. Memory: 16 B a slot
/// in which something was used, 48 B a loan that runs or was not reported yet. Times are microseconds of a clock that never steps back.
/// </para>
/// </remarks>
/// <param name="requests">Permits per window, at least 1.</param>
/// <param name="window">In microseconds, at least 1000.</param>
public sealed class PermitLedger(int requests, long window)
{
    private const int SlotsPerWindow = 600;

    private readonly long _slot = window / SlotsPerWindow + 1;
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<long, Loan> _loans = [];
    private readonly List<long> _settled = [];
    private int _counting;

    /// <summary>How many can be lent now.</summary>
    public int Free(long now)
    {
        Advance(now);
        return requests - _counting;
    }

    /// <summary>Lends permits; there must be so many.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="id">A new name for the loan.</param>
    /// <param name="permits">1 to <see cref="Free"/>.</param>
    /// <param name="end">The holder uses none of them from then on.</param>
    /// <param name="reported">By when its report should be here, not before the end.</param>
    public void Lend(long now, long id, int permits, long end, long reported)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, Free(now));
        _loans.Add(id, new(permits, end, reported, HasEnded: false));
        _counting += permits;
    }

    /// <summary>Takes the holder's report, after which it uses nothing of the loan. Of an unknown loan, or a second time, it changes nothing.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="id">The loan.</param>
    /// <param name="unused">As the holder says; taken as at least 0 and at most what was lent.</param>
    public void Report(long now, long id, int unused)
    {
        Advance(now);
        if (!_loans.Remove(id, out var loan))
            return;

        unused = Math.Clamp(unused, 0, loan.Permits);
        _counting -= unused;
        if (loan.HasEnded)
            Count(loan.End, -unused);
        else
            Count(now, loan.Permits - unused);
    }

    /// <summary>By when the next report may come in and free something; null when none is expected.</summary>
    public long? NextReport(long now)
    {
        Advance(now);
        long? next = null;
        foreach (var loan in _loans.Values)
        {
            if (loan.Reported > now && !(loan.Reported >= next))
                next = loan.Reported;
        }

        return next;
    }

    /// <summary>How long until a permit is free if nothing is lent or reported meanwhile; 0 when one is.</summary>
    public long RetryAfter(long now)
    {
        if (Free(now) > 0)
            return 0;
        var first = _slots.Find(slot => slot.Permits > 0) is { Permits: > 0 } used ? used.End : long.MaxValue;
        foreach (var loan in _loans.Values)
        {
            if (!loan.HasEnded)
                first = Math.Min(first, SlotEnd(loan.End));
        }

        return first + window - now;
    }

    /// <summary>How long until all permits are free if nothing is lent or reported meanwhile; 0 when they are.</summary>
    public long FreeAfter(long now)
    {
        Advance(now);
        var last = _slots.FindLast(slot => slot.Permits > 0).End;
        foreach (var loan in _loans.Values)
        {
            if (!loan.HasEnded)
                last = Math.Max(last, SlotEnd(loan.End));
        }

        return last == 0 ? 0 : last + window - now;
    }

    /// <summary>Counts the loans that have ended as used, and lets go of what is a window ago.</summary>
    private void Advance(long now)
    {
        _settled.Clear();
        foreach (var (id, loan) in _loans)
        {
            if (loan.End > now)
                continue;
            if (!loan.HasEnded)
            {
                Count(loan.End, loan.Permits);
                CollectionsMarshal.GetValueRefOrNullRef(_loans, id) = loan with { HasEnded = true };
            }

            if (SlotEnd(loan.End) + window <= now)
                _settled.Add(id);
        }

        foreach (var id in _settled)
            _loans.Remove(id);

        var gone = 0;
        for (; gone < _slots.Count && _slots[gone].End + window <= now; gone++)
            _counting -= _slots[gone].Permits;
        _slots.RemoveRange(0, gone);
    }

    private void Count(long at, int permits)
    {
        var end = SlotEnd(at);
        var index = _slots.Count;
        while (index > 0 && _slots[index - 1].End >= end)
            index--;
        if (index < _slots.Count && _slots[index].End == end)
            _slots[index] = new(end, _slots[index].Permits + permits);
        else
            _slots.Insert(index, new(end, permits));
    }

    private long SlotEnd(long at) => (at / _slot + 1) * _slot;

    /// <summary>Permits that may have been used up to a moment.</summary>
    private readonly record struct Slot(long End, int Permits);

    private readonly record struct Loan(int Permits, long End, long Reported, bool HasEnded);
}
