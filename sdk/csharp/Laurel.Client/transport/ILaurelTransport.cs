namespace Laurel.Client;

/// <summary>
/// How requests travel. One attempt each: what comes after a failure is the client's. A transport whose calls end on the thread that
/// made them lets everything run on that thread, as engines without threads need it.
/// </summary>
public interface ILaurelTransport
{
    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="LaurelTransportException">There was no answer, or not within the request's timeout.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the server may have done it nevertheless.</exception>
    Task<LaurelResponse> SendAsync(LaurelRequest request, CancellationToken cancellation);
}
