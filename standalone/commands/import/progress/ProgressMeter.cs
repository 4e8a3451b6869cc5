namespace Laurel.Standalone.Commands;

/// <summary>Measures the rate of one run and what time remains at it.</summary>
/// <param name="clock">All time comes from here.</param>
/// <param name="doneBefore">How much of the source earlier runs settled.</param>
internal sealed class ProgressMeter(TimeProvider clock, long doneBefore)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>The progress at this moment.</summary>
    public ImportProgress Measure(long done, long size, long lines, long refused)
    {
        var elapsed = clock.GetElapsedTime(_start);
        var share = done - doneBefore;
        TimeSpan? remaining = share > 0 ? elapsed * ((double)Math.Max(0, size - done) / share) : null;
        return new(done, size, lines, refused, elapsed > TimeSpan.Zero ? lines / elapsed.TotalSeconds : 0, remaining);
    }
}
