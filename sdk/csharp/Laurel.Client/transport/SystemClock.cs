namespace Laurel.Client;

/// <summary>The machine's time and timers.</summary>
public sealed class SystemClock : ILaurelClock
{
    /// <summary>The only one.</summary>
    public static readonly SystemClock Instance = new();

    private SystemClock()
    {
    }

    /// <inheritdoc/>
    public DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public Task Delay(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, cancellation);
}
