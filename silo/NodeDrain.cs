namespace Laurel.Silo;

/// <summary>
/// Keeps serving for a moment after the process was asked to end: <c>/ready</c> says no at once, and whoever spreads the requests needs
/// a moment to notice.
/// </summary>
internal sealed class NodeDrain(TimeSpan time, TimeProvider clock) : IHostedLifecycleService
{
    private bool _isOver;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called before anything is stopped, and again when the host is disposed of after it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!_isOver)
            await Task.Delay(time, clock, cancellationToken);
        _isOver = true;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
