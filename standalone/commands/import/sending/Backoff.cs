namespace Laurel.Standalone.Commands;

/// <summary>The waits between attempts at one thing: they grow, are spread a little, and end when patience does.</summary>
/// <param name="clock">All time comes from here.</param>
/// <param name="patience">How long after the first failure it goes on.</param>
internal sealed class Backoff(TimeProvider clock, TimeSpan patience)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;
    private long? _firstFailure;

    /// <summary>How long to wait before the next attempt; null when there is to be none.</summary>
    /// <param name="asked">The least wait that the other side asks for.</param>
    public TimeSpan? AfterFailure(TimeSpan? asked = null)
    {
        _firstFailure ??= clock.GetTimestamp();
        var wait = _next * (0.75 + Random.Shared.NextDouble() / 4);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        if (asked > wait)
            wait = asked.Value;
        return clock.GetElapsedTime(_firstFailure.Value) + wait <= patience ? wait : null;
    }
}
