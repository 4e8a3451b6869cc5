using Laurel.GrainInterfaces;

namespace Laurel.Standalone;

/// <summary>One call of a grain, from the caller's request to the answer, over all its attempts.</summary>
internal abstract class Call(StandalonePort port, GrainAddress address)
{
    /// <summary>Whom it calls.</summary>
    public GrainAddress Address { get; } = address;

    /// <summary>Its place among the pending calls: kept by <see cref="PendingCalls"/>.</summary>
    internal PendingCalls.Link Link;

    /// <summary>How often it was sent again.</summary>
    public int Repeats { get; set; }

    /// <summary>The answer as a task that never faults.</summary>
    public abstract Task Answer { get; }

    protected StandalonePort Port { get; } = port;

    /// <summary>Sends it to an activation that it has entered and that is loaded.</summary>
    public abstract void Send(Activation activation);

    /// <summary>Answers by a failure, unless it is answered.</summary>
    public abstract void Fail(OutcomeStatus status);
}

/// <inheritdoc/>
internal sealed class Call<TGrain, TRequest, TResponse>(
    StandalonePort port, GrainAddress address, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request) : Call(port, address)
    where TGrain : class, IGrain
    where TRequest : class
    where TResponse : class, IOutcome<TResponse>
{
    private static readonly Action<object?> Turn = static call => ((Call<TGrain, TRequest, TResponse>)call!).Begin();

    private static readonly Action<object?> QueuedTurn = static call => ((Call<TGrain, TRequest, TResponse>)call!).BeginQueued();

    private static readonly Action<Task<TResponse>, object?> AtEnd = static (work, call) => ((Call<TGrain, TRequest, TResponse>)call!).End(work);

    // Made only when the answer is not there at once. Callers go on elsewhere than on the grain's turn.
    private TaskCompletionSource<TResponse>? _promise;
    private Activation? _activation;
    private Task<TResponse>? _work;

    /// <inheritdoc/>
    public override Task<TResponse> Answer => _promise!.Task;

    /// <summary>The first attempt at an activation that was entered and is loaded. Returns the grain's own task when it ended within its first turn.</summary>
    public Task<TResponse> SendFirst(Activation activation)
    {
        if (!activation.Turns.TryClaim())
        {
            Promise();
            Send(activation);
            return Answer;
        }

        _activation = activation;
        activation.Turns.RunClaimed(new Task(Turn, this));
        var work = _work!;
        if (work.IsCompletedSuccessfully && work.Result.Status != OutcomeStatus.Moved)
        {
            activation.Exit();
            return work;
        }

        Promise();
        work.ContinueWith(AtEnd, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return Answer;
    }

    /// <summary>Makes the answer a promise that is kept by the deadline at the latest.</summary>
    public void Promise()
    {
        _promise = new TaskCompletionSource<TResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        Port.Pending.Add(this);
    }

    /// <inheritdoc/>
    public override void Send(Activation activation)
    {
        _activation = activation;
        new Task(QueuedTurn, this).Start(activation.Turns);
    }

    /// <inheritdoc/>
    public override void Fail(OutcomeStatus status) => Reply(TResponse.Failed(status));

    private void Begin()
    {
        try
        {
            _work = method((TGrain)_activation!.Grain, request) ?? throw new InvalidOperationException("The grain returned no task.");
        }
        catch (Exception e)
        {
            _work = Task.FromException<TResponse>(e);
        }
    }

    private void BeginQueued()
    {
        // Nobody waits any more, and nothing has begun: an overloaded grain gets rid of it here.
        if (Answer.IsCompleted)
        {
            _activation!.Exit();
            return;
        }

        Begin();
        if (_work!.IsCompleted)
            End(_work);
        else
            _work.ContinueWith(AtEnd, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void End(Task<TResponse> work)
    {
        _activation!.Exit();
        if (!work.IsCompletedSuccessfully)
        {
            Port.LogCallFailed(Address, work.Exception?.InnerException);
            Fail(OutcomeStatus.Unavailable);
        }
        else if (work.Result.Status == OutcomeStatus.Moved && !Answer.IsCompleted)
        {
            Port.SendAgain(this);
        }
        else
        {
            Reply(work.Result);
        }
    }

    private void Reply(TResponse response)
    {
        if (_promise!.TrySetResult(response)) Port.Pending.Remove(this);
    }
}
