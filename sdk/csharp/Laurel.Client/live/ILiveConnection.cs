namespace Laurel.Client;

/// <summary>A connection that brings messages. Disposing of it ends it, at any time.</summary>
public interface ILiveConnection : IDisposable
{
    /// <summary>The next message, also those that only show that the server is there. One caller at a time.</summary>
    /// <returns>Null when the server has ended it.</returns>
    /// <exception cref="LaurelTransportException">It broke.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the connection is of no more use.</exception>
    Task<LiveMessage?> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Makes the server say something, where it is silent while nothing happens; does nothing where it is not.</summary>
    /// <exception cref="LaurelTransportException">It broke.</exception>
    Task ProbeAsync(CancellationToken cancellation);
}
