namespace Laurel.Client;

/// <summary>The waits between attempts at one thing: they double, are spread by up to a quarter, and end when patience does.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly Random Spread = new();

    private readonly ILaurelClock _clock;
    private readonly TimeSpan? _patience;
    private TimeSpan _next = First;
    private DateTimeOffset? _firstFailure;

    /// <param name="clock">All time comes from here.</param>
    /// <param name="patience">How long after the first failure it goes on; null for ever.</param>
    public Backoff(ILaurelClock clock, TimeSpan? patience) => (_clock, _patience) = (clock, patience);

    /// <summary>How long to wait before the next attempt; null when there is to be none.</summary>
    /// <param name="asked">The least wait that the server asks for.</param>
    public TimeSpan? AfterFailure(TimeSpan? asked)
    {
        _firstFailure ??= _clock.Now;
        double spread;
        lock (Spread)
            spread = Spread.NextDouble();
        var wait = TimeSpan.FromTicks((long)(_next.Ticks * (0.75 + spread / 4)));
        _next = _next + _next < Longest ? _next + _next : Longest;
        if (asked > wait)
            wait = asked.Value;
        return _patience is null || _clock.Now - _firstFailure.Value + wait <= _patience ? wait : null;
    }
}
