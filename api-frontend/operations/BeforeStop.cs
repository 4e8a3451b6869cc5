using Microsoft.Extensions.Hosting;

namespace Laurel.ApiFrontend;

/// <summary>
/// A service with something to do when the process was asked to end and nothing is stopped yet: requests are still taken. The service that
/// was added last goes first, and the others wait for it.
/// </summary>
public abstract class BeforeStop : IHostedLifecycleService
{
    /// <summary>Does it. Called once more when the host is disposed of.</summary>
    public abstract Task StoppingAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
