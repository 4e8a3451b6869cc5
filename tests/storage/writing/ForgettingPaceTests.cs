using Laurel.Storage.Writing;

namespace Laurel.Storage.Tests;

public class ForgettingPaceTests
{
    private readonly StandingClock _clock = new();
    private int _runs;

    [Fact]
    public void A_few_expired_marks_are_looked_for_once_a_second()
    {
        ForgettingPace pace = new(_clock);

        Assert.Equal(3, pace.Run(_ => 3));
        Assert.Equal([0, 0, 1, 1], RunsAfter(pace, found: 3, 0.5, 0.4, 0.1, 0.9));
    }

    [Fact]
    public void Marks_that_are_more_than_go_at_once_are_followed_by_the_rest_soon()
    {
        ForgettingPace pace = new(_clock);

        Assert.Equal(ForgettingPace.AtOnce, pace.Run(static limit => limit));
        Assert.Equal([0, 1, 2, 2], RunsAfter(pace, found: ForgettingPace.AtOnce, 0.05, 0.05, 0.1, 0.05));
    }

    [Fact]
    public void A_store_that_fails_is_asked_again_after_a_second()
    {
        ForgettingPace pace = new(_clock);

        Assert.Throws<InvalidOperationException>(() => pace.Run(static _ => throw new InvalidOperationException()));
        Assert.Equal([0, 1], RunsAfter(pace, found: 0, 0.9, 0.1));
    }

    /// <summary>How often it has run, after each of these pauses in seconds.</summary>
    private List<int> RunsAfter(ForgettingPace pace, int found, params double[] pauses) =>
    [
        .. pauses.Select(pause =>
        {
            _clock.Advance(TimeSpan.FromSeconds(pause));
            pace.Run(_ =>
            {
                _runs++;
                return found;
            });
            return _runs;
        }),
    ];

    private sealed class StandingClock : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
