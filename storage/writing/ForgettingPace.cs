namespace Laurel.Storage.Writing;

/// <summary>
/// When a committer deletes expired marks, between groups, and how many: a few each second, and more often while there are more than
/// that, so that they go faster than they come and no group waits for long.
/// </summary>
/// <param name="clock">Measures the pauses.</param>
public sealed class ForgettingPace(TimeProvider clock)
{
    /// <summary>How many marks are deleted at a time.</summary>
    public const int AtOnce = 2000;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileThereAreMore = TimeSpan.FromMilliseconds(100);

    private long _ranAt;
    private TimeSpan _pause;

    /// <summary>Deletes some when it is time.</summary>
    /// <param name="forget">Deletes up to so many expired marks, and returns how many there were. What it throws is the caller's.</param>
    /// <returns>How many were deleted.</returns>
    public int Run(Func<int, int> forget)
    {
        if (clock.GetElapsedTime(_ranAt) < _pause)
        {
            return 0;
        }

        _ranAt = clock.GetTimestamp();
        _pause = Usual;
        var forgotten = forget(AtOnce);
        if (forgotten == AtOnce)
        {
            _pause = WhileThereAreMore;
        }

        return forgotten;
    }
}
