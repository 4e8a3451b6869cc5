namespace Laurel.Client;

/// <summary>Where time comes from. Engines whose timers need threads, and tests, bring their own.</summary>
public interface ILaurelClock
{
    /// <summary>The present moment.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Ends after a while.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before.</exception>
    Task Delay(TimeSpan time, CancellationToken cancellation);
}
