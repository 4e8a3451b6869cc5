namespace Laurel.Silo;

/// <summary>
/// Keeps serving for a moment after the process was asked to end: <c>/ready</c> says no at once, and whoever spreads the requests needs
/// a moment to notice.
/// </summary>
internal sealed class NodeDrain(TimeSpan time, TimeProvider clock) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called before anything is stopped.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(time, clock, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
