using Laurel.GrainInterfaces;
using Orleans.Runtime.Messaging;
using IPlainGrain = Laurel.GrainInterfaces.IGrain;

namespace Laurel.Silo;

/// <summary>
/// Calls grains wherever in the cluster they are. What Orleans could not deliver, or got no answer to within
/// <see cref="AttemptLimit"/>, is sent again with the same request, as is what a grain answers that lost its place.
/// </summary>
internal sealed partial class OrleansPort(IGrainFactory factory, TimeProvider clock, ILogger<OrleansPort> log) : IGrainPort
{
    /// <summary>
    /// How long one attempt may take. A call whose silo is lost learns of it by this alone when a gateway lies between; longer than a
    /// season waits for its store, and short enough for a second attempt.
    /// </summary>
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(6);

    /// <summary>A call that is unanswered after this is answered Unavailable.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
        where TGrain : class, IPlainGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var work = method(GrainReferences<TGrain>.Of(factory, key), request);
                var response = attempt == 1 ? await work : await work.WaitAsync(LeftSince(started), clock);
                if (response.Status != OutcomeStatus.Moved)
                    return response;
            }
            catch (Exception error) when (IsPassing(error))
            {
                LogAttempt(typeof(TGrain).Name, key, attempt, error.Message);
            }
            catch (Exception error)
            {
                LogCallFailed(typeof(TGrain).Name, key, error);
                return TResponse.Failed(OutcomeStatus.Unavailable);
            }

            var pause = Pause(attempt);
            if (LeftSince(started) <= pause)
            {
                LogDeadline(typeof(TGrain).Name, key, attempt, Deadline);
                return TResponse.Failed(OutcomeStatus.Unavailable);
            }

            await Task.Delay(pause, clock);
        }
    }

    /// <summary>Whether it says that the call may not have arrived, or its answer not, and that this may be otherwise in a moment.</summary>
    private static bool IsPassing(Exception error) => error
        is TimeoutException
        or SiloUnavailableException
        or OrleansMessageRejectionException
        or GatewayTooBusyException
        or ConnectionFailedException
        or ClientNotAvailableException;

    private static TimeSpan Pause(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private TimeSpan LeftSince(long started)
    {
        var left = Deadline - clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(1, LogLevel.Debug, "Attempt {Attempt} at {Kind} {Key} did not get through: {Reason}")]
    private partial void LogAttempt(string kind, string key, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Error, "A call of {Kind} {Key} failed")]
    private partial void LogCallFailed(string kind, string key, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "A call of {Kind} {Key} had no answer in {Attempts} attempts within {Deadline}")]
    private partial void LogDeadline(string kind, string key, int attempts, TimeSpan deadline);
}
