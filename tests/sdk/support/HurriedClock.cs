using Laurel.Client;

namespace Laurel.Sdk.Tests;

/// <summary>A clock whose waits end at once and move it on; it notes them.</summary>
internal sealed class HurriedClock : ILaurelClock
{
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public DateTimeOffset Now
    {
        get
        {
            lock (_waits)
                return _now;
        }
    }

    /// <summary>How long was waited each time.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_waits)
                return [.. _waits];
        }
    }

    public async Task Delay(TimeSpan time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_waits)
            _waits.Add(time);
        Advance(time);
        await Task.Yield();
    }

    public void Advance(TimeSpan time)
    {
        lock (_waits)
            _now += time;
    }
}
