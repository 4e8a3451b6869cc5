using Laurel.Grains;

namespace Laurel.Standalone;

/// <summary>One grain in memory: its turns, how many calls are under way, and where it stands in its life: loading, active, closing, gone.</summary>
internal sealed class Activation(GrainAddress address)
{
    private const int Closing = int.MinValue;

    private readonly TaskCompletionSource<bool> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Calls under way; negative once it is closing.
    private int _calls;
    private IActivation? _grain;
    private volatile bool _isLoaded;

    /// <summary>Where it is found.</summary>
    public GrainAddress Address { get; } = address;

    /// <summary>Everything of the grain's runs here.</summary>
    public TurnScheduler Turns { get; } = new();

    /// <summary>The grain; there once it is loaded.</summary>
    public IActivation Grain => _grain!;

    /// <summary>Whether its methods may be called.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Ends with the load: false when it failed.</summary>
    public Task<bool> Loaded => _loaded.Task;

    /// <summary>Ends when it is closing and has no calls.</summary>
    public Task Idle => _idle.Task;

    /// <summary>Ends when it is out of the way and a new one may be made.</summary>
    public Task Gone => _gone.Task;

    /// <summary>The clock's timestamp of its last call.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Whether calls are under way.</summary>
    public bool IsBusy => (Volatile.Read(ref _calls) & ~Closing) != 0;

    /// <summary>Counts a call in, to be followed by <see cref="Exit"/>. False when it takes no more.</summary>
    public bool TryEnter(long now)
    {
        if (Interlocked.Increment(ref _calls) > 0)
        {
            LastUsed = now;
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>Counts a call out.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref _calls) == Closing) _idle.TrySetResult();
    }

    /// <summary>Takes no more calls from now on. False when it is closing already.</summary>
    public bool TryClose()
    {
        var before = Interlocked.Or(ref _calls, Closing);
        if (before < 0) return false;
        if (before == 0) _idle.TrySetResult();
        return true;
    }

    /// <summary>Makes the grain and loads it, as its first turn.</summary>
    public Task LoadAsync(Func<IActivation> make) => RunTurn(() =>
    {
        _grain = make();
        return _grain.LoadAsync();
    });

    /// <summary>Unloads the grain, as its last turn.</summary>
    public Task UnloadAsync() => _grain is { } grain ? RunTurn(grain.UnloadAsync) : Task.CompletedTask;

    /// <summary>Says how the load ended.</summary>
    public void MarkLoaded(bool success)
    {
        _isLoaded = success;
        _loaded.TrySetResult(success);
    }

    /// <summary>Says that it is out of the way.</summary>
    public void MarkGone() => _gone.TrySetResult();

    private Task RunTurn(Func<Task> turn)
    {
        // What a grain starts here lives on, its timers for example: it must not drag along the context of whoever happened to call.
        var suppressed = ExecutionContext.IsFlowSuppressed();
        if (!suppressed) ExecutionContext.SuppressFlow();
        try
        {
            return Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Turns).Unwrap();
        }
        finally
        {
            if (!suppressed) ExecutionContext.RestoreFlow();
        }
    }
}
