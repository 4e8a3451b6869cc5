namespace Laurel.Client;

/// <summary>How a live board's messages come. One connection each: coming back after it broke is the client's.</summary>
public interface ILiveTransport
{
    /// <summary>Connects.</summary>
    /// <exception cref="LaurelTransportException">It cannot; why is found out by asking for a page.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<ILiveConnection> ConnectAsync(LiveRequest request, CancellationToken cancellation);
}
