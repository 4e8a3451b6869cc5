namespace Laurel.GrainInterfaces;

/// <summary>
/// How grains and the frontend call grains, whichever host runs them. A host gives one to each grain and to the frontend.
/// </summary>
public interface IGrainPort
{
    /// <summary>
    /// Calls one method of the grain with that key, activating it when it is not active. Lost ownership (<see cref="OutcomeStatus.Moved"/>)
    /// and lost messages are tried again with the same request until the port's deadline; what is still unanswered then, or failed with
    /// an exception, is answered by <see cref="OutcomeStatus.Unavailable"/>.
    /// </summary>
    /// <typeparam name="TGrain">The grain's plain interface.</typeparam>
    /// <typeparam name="TRequest">Its one request record; has a wire format (<see cref="Wire"/>).</typeparam>
    /// <typeparam name="TResponse">Its one response record; has a wire format.</typeparam>
    /// <param name="key">The grain's key.</param>
    /// <param name="method">The method: a static lambda that calls it and does nothing else.</param>
    /// <param name="request">Deeply immutable; may be delivered more than once.</param>
    Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>;
}
