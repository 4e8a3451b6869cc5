namespace Laurel.Ranking.Tests;

/// <summary>
/// Callers and lease holders of one <see cref="RateWindow"/> on a true clock, with a log of every single permit to compare with. The
/// window sees a clock that is set back now and then.
/// </summary>
internal sealed class RateTraffic
{
    private readonly Random _random;
    private readonly string _story;
    private readonly int _requests;
    private readonly long _length;
    private readonly RateWindow _window;
    private readonly bool _clockStepsBack;

    private readonly List<long> _uses = [];
    private readonly List<Held> _held = [];
    private long _now = 1_000_000;
    private long _clockError;

    public RateTraffic(Random random, string story)
    {
        _random = random;
        _requests = random.Next(1, 60);
        _length = random.NextInt64(1_000, 2_000_000);
        _window = new RateWindow(_requests, TimeSpan.FromMicroseconds(_length));
        _clockStepsBack = random.Next(3) == 0;
        _story = $"{story}: {_requests} in {_length} µs";
    }

    private long Clock => _now + _clockError;

    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Wait(_random.Next(4) == 0 ? _random.NextInt64(_length * 2 / 3) : _random.NextInt64(1 + _length / _requests));
            switch (_random.Next(10))
            {
                case < 4: Take(_random.Next(1, 4)); break;
                case 4: Take(_random.Next(1, _requests + 2)); break;
                case < 8: Lend(); break;
                case 8: Settle(); break;
                default: WaitForOne(); break;
            }

            if (_clockStepsBack && _random.Next(30) == 0) _clockError -= _random.NextInt64(_length * 2);
        }

        _uses.Sort();
        for (var i = _requests; i < _uses.Count; i++)
        {
            var span = _uses[i] - _uses[i - _requests];
            if (span <= _length) Assert.Fail($"{_story}: {_requests + 1} uses within {span} µs.");
        }

        Assert.True(_uses.Count > _requests, $"{_story}: {_uses.Count} uses say nothing.");
    }

    private void Wait(long micros)
    {
        _now += micros;
        foreach (var held in _held.Where(x => x.LeaseId != 0 && x.UsableUntil <= _now)) held.LeaseId = 0;
    }

    private void Take(int wanted)
    {
        var free = Free();
        var granted = _window.TryTake(Clock, wanted);
        Expect(granted, wanted, free, "taken");
        for (var i = 0; i < granted; i++)
        {
            _uses.Add(_now);
            _held.Add(new Held { UsableUntil = _now });
        }
    }

    private void Lend()
    {
        var wanted = _random.Next(1, 8);
        var goodFor = _random.NextInt64(_length * 2);
        var free = Free();
        var lease = _window.Lease(Clock, wanted, TimeSpan.FromMicroseconds(goodFor));
        Expect(lease.Permits, wanted, free, "lent");

        // The holder knows already when it will use each permit; one it settles before that is never used.
        for (var i = 0; i < lease.Permits; i++)
        {
            var use = _random.Next(3) switch { 0 => _now + goodFor, 1 => _now + _random.NextInt64(goodFor + 1), _ => long.MaxValue };
            if (use != long.MaxValue) _uses.Add(Math.Max(_now, use - 1));
            _held.Add(new Held { LeaseId = lease.Id, PlannedUse = use, UsableUntil = _now + goodFor });
        }
    }

    private void Settle()
    {
        var ids = _held.Where(x => x.LeaseId != 0).Select(x => x.LeaseId).Distinct().ToArray();
        if (ids.Length == 0) return;
        var id = ids[_random.Next(ids.Length)];
        var lent = _held.Where(x => x.LeaseId == id).ToList();
        var unused = lent.Where(x => x.PlannedUse > _now).ToList();
        var running = _window.Settle(Clock, id, unused.Count);
        Assert.True(running || _clockError < 0 || lent[0].UsableUntil <= _now, $"{_story}: a running lease was not known.");
        Assert.False(_window.Settle(Clock, id, unused.Count), $"{_story}: a lease was settled twice.");
        foreach (var held in unused)
        {
            if (held.PlannedUse != long.MaxValue) _uses.Remove(Math.Max(held.PlannedUse - 1, 0));
            _held.Remove(held);
        }

        foreach (var held in lent.Except(unused)) (held.LeaseId, held.UsableUntil) = (0, _now);
    }

    private void WaitForOne()
    {
        var wait = _window.RetryAfter(Clock).Ticks / TimeSpan.TicksPerMicrosecond;
        if (wait > 0)
        {
            Wait(wait - 1);
            Assert.True(_window.Remaining(Clock) == 0, $"{_story}: a permit came back before its time.");
            Wait(1);
        }

        Assert.True(_window.Remaining(Clock) > 0, $"{_story}: after {wait} µs there is no permit yet.");
        Take(1);
    }

    /// <summary>Between which numbers of free permits the window may choose: exact by the log, and a 600th of the window late.</summary>
    private (int Least, int Most) Free()
    {
        _held.RemoveAll(x => x.LeaseId == 0 && x.UsableUntil < _now - 4 * _length);
        var slack = Math.Max(1, _length / 600);
        return (_requests - Counting(_length + slack), _requests - Counting(_length));

        int Counting(long length) => _held.Count(x => x.UsableUntil >= _now - length);
    }

    private void Expect(int granted, int wanted, (int Least, int Most) free, string what)
    {
        // Where the clock stood still, permits come back late by as much.
        var least = _clockStepsBack ? 0 : Math.Min(wanted, Math.Max(0, free.Least));
        var most = Math.Min(wanted, free.Most);
        Assert.True(granted >= least && granted <= most, $"{_story}: {granted} of {wanted} {what}, expected {least} to {most}.");
    }

    /// <summary>A permit and the last moment at which it may have been used.</summary>
    private sealed class Held
    {
        public long LeaseId { get; set; }
        public long PlannedUse { get; init; }
        public long UsableUntil { get; set; }
    }
}
