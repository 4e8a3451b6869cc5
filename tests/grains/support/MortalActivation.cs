namespace Laurel.Grains.Tests.Support;

/// <summary>One grain in memory that can vanish at any moment.</summary>
internal sealed class MortalActivation
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Action<Exception> _report;
    private IActivation? _grain;
    private int _calls;
    private bool _closing;

    /// <param name="make">Makes the grain; the load begins at once.</param>
    /// <param name="report">Gets what the unload throws.</param>
    public MortalActivation(Func<MortalActivation, IActivation> make, Action<Exception> report)
    {
        _report = report;
        Loaded = Turns.Run(async () =>
        {
            _grain = make(this);
            await _grain.LoadAsync();
            return true;
        });
    }

    /// <summary>Its turns.</summary>
    public MortalTurns Turns { get; } = new();

    /// <summary>Ends, or fails, with the load; never when it is killed before.</summary>
    public Task<bool> Loaded { get; }

    /// <summary>Ends when it was unloaded or killed.</summary>
    public Task Gone => Task.WhenAny(_gone.Task, Turns.Killed);

    /// <summary>Calls that it may still get after a younger activation has taken its place.</summary>
    public int CallsLeft { get; set; } = int.MaxValue;

    /// <summary>Calls a method as a turn.</summary>
    public Task<TResponse> CallAsync<TGrain, TResponse>(Func<TGrain, Task<TResponse>> call)
        where TGrain : class => Turns.Run(() => call((TGrain)(object)_grain!));

    /// <summary>Counts a call in; false when it takes no more.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closing || Turns.Killed.IsCompleted) return false;
            _calls++;
            return true;
        }
    }

    /// <summary>Counts a call out; the last one of a closing activation unloads it.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            if (--_calls > 0 || !_closing) return;
        }

        _ = UnloadAsync();
    }

    /// <summary>Takes no more calls and unloads after those under way.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closing) return;
            _closing = true;
            if (_calls > 0) return;
        }

        _ = UnloadAsync();
    }

    private async Task UnloadAsync()
    {
        try
        {
            await Loaded.ConfigureAwait(false);
            await Turns.Run(async () =>
            {
                await _grain!.UnloadAsync();
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _report(e);
        }

        _gone.TrySetResult();
    }
}
