using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Storage;

namespace Laurel.Standalone;

/// <summary>
/// Runs grains in this process: activates them on demand, runs each one's turns, unloads those at rest. A call of an active grain that
/// ends within its turn costs about half a microsecond and two allocations beside the grain's own.
/// </summary>
public sealed partial class StandalonePort : IGrainPort, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<GrainAddress, Activation> _activations = new();
    private readonly IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> _factories;
    private readonly StandalonePortOptions _options;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly ITimer _deadlineSweep;
    private readonly ITimer _idleSweep;
    private readonly Lock _stopLock = new();
    private Task? _stopped;
    private volatile Phase _phase;

    /// <param name="factories">How to make each kind of grain, by its plain interface.</param>
    /// <param name="store">Stays the caller's; to be closed after this.</param>
    /// <param name="clock">All time comes from here.</param>
    /// <param name="logs">For the grains and for this.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    public StandalonePort(
        IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> factories,
        IStore store,
        TimeProvider clock,
        ILoggerFactory logs,
        StandalonePortOptions? options = null)
    {
        _factories = factories;
        _options = options ?? new();
        _store = store;
        _clock = clock;
        _logs = logs;
        _log = logs.CreateLogger<StandalonePort>();
        Pending = new PendingCalls(clock, _options.CallDeadline);
        _deadlineSweep = StartSweep(static port => port.FailExpired(), _options.CallDeadline / 20);
        _idleSweep = StartSweep(static port => port.UnloadIdle(), _options.IdleAfter / 10);
    }

    private enum Phase
    {
        Running,
        Draining,
        Stopped,
    }

    /// <summary>How many grains are in memory.</summary>
    public int ActivationCount => _activations.Count;

    /// <summary>Where the grains of this process tell their news.</summary>
    public IFeed Feed { get; } = new LocalFeed();

    internal PendingCalls Pending { get; }

    /// <inheritdoc/>
    public Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        if (!TakesCalls) return Task.FromResult(TResponse.Failed(OutcomeStatus.Unavailable));

        var address = new GrainAddress(typeof(TGrain), key);
        var call = new Call<TGrain, TRequest, TResponse>(this, address, method, request);
        if (_activations.TryGetValue(address, out var activation) && activation.IsLoaded && activation.TryEnter(_clock.GetTimestamp()))
            return call.SendFirst(activation);

        call.Promise();
        _ = PlaceAsync(call);
        return call.Answer;
    }

    /// <summary>
    /// Takes no more calls from outside, lets those under way end, and unloads all grains, within
    /// <see cref="StandalonePortOptions.StopLimit"/>: whatever has not ended then is dropped.
    /// </summary>
    public Task StopAsync()
    {
        lock (_stopLock)
            return _stopped ??= StopOnceAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>For a call whose activation answered that it lost its grain.</summary>
    internal void SendAgain(Call call)
    {
        call.Repeats++;
        _ = PlaceAsync(call);
    }

    // While it drains, grains still call grains: their own calls end by that.
    private bool TakesCalls => _phase switch
    {
        Phase.Running => true,
        Phase.Draining => TaskScheduler.Current is TurnScheduler,
        _ => false,
    };

    private ITimer StartSweep(Action<StandalonePort> sweep, TimeSpan period) =>
        _clock.CreateTimer(static state => { var (port, sweep) = ((StandalonePort, Action<StandalonePort>))state!; sweep(port); }, (this, sweep), period, period);

    /// <summary>Finds or makes the activation, waits until it takes the call, and sends it there. Ends early when the call is answered.</summary>
    private async Task PlaceAsync(Call call)
    {
        if (call.Repeats > 0) await Task.Delay(Pause(call.Repeats), _clock).ConfigureAwait(false);
        while (!call.Answer.IsCompleted)
        {
            if (_phase == Phase.Stopped)
            {
                call.Fail(OutcomeStatus.Unavailable);
                return;
            }

            var activation = GetOrMake(call.Address);
            if (!activation.TryEnter(_clock.GetTimestamp()))
            {
                await Task.WhenAny(activation.Gone, call.Answer).ConfigureAwait(false);
                continue;
            }

            if (await activation.Loaded.ConfigureAwait(false))
            {
                call.Send(activation);
                return;
            }

            activation.Exit();
            call.Fail(OutcomeStatus.Unavailable);
        }
    }

    private static TimeSpan Pause(int repeats)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(repeats - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private Activation GetOrMake(GrainAddress address)
    {
        if (_activations.TryGetValue(address, out var found)) return found;

        var made = new Activation(address);
        found = _activations.GetOrAdd(address, made);
        if (ReferenceEquals(found, made)) _ = LoadAsync(made);
        return found;
    }

    private async Task LoadAsync(Activation activation)
    {
        try
        {
            await activation.LoadAsync(() => Make(activation)).WaitAsync(_options.LoadLimit, _clock).ConfigureAwait(false);
            activation.MarkLoaded(true);
        }
        catch (Exception e)
        {
            if (e is StorageUnavailableException)
                LogStoreAway(activation.Address, e.Message);
            else
                LogLoadFailed(activation.Address, e);
            Drop(activation);
            activation.MarkLoaded(false);
        }
    }

    private IActivation Make(Activation activation)
    {
        if (!_factories.TryGetValue(activation.Address.Kind, out var factory))
            throw new InvalidOperationException($"No grain implements {activation.Address.Kind}.");
        return factory(new ActivationContext
        {
            Key = activation.Address.Key,
            Clock = _clock,
            Store = _store,
            Grains = this,
            Feed = Feed,
            Logs = _logs,
            RequestDeactivation = () => Deactivate(activation),
        });
    }

    private void Deactivate(Activation activation)
    {
        if (activation.TryClose()) _ = UnloadAsync(activation);
    }

    private async Task UnloadAsync(Activation activation)
    {
        try
        {
            if (await activation.Loaded.ConfigureAwait(false))
            {
                await activation.Idle.WaitAsync(_options.UnloadLimit, _clock).ConfigureAwait(false);
                await activation.UnloadAsync().WaitAsync(_options.UnloadLimit, _clock).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            LogDropped(activation.Address, _options.UnloadLimit);
        }
        catch (Exception e)
        {
            LogUnloadFailed(activation.Address, e);
        }

        Drop(activation);
    }

    private void Drop(Activation activation)
    {
        _activations.TryRemove(new(activation.Address, activation));
        activation.MarkGone();
    }

    private void FailExpired()
    {
        foreach (var call in Pending.Expired())
        {
            if (!call.Answer.IsCompleted) LogDeadline(call.Address, _options.CallDeadline);
            call.Fail(OutcomeStatus.Unavailable);
        }
    }

    private void UnloadIdle()
    {
        var now = _clock.GetTimestamp();
        foreach (var (_, activation) in _activations)
        {
            if (activation.IsLoaded && !activation.IsBusy && _clock.GetElapsedTime(activation.LastUsed, now) >= _options.IdleAfter)
                Deactivate(activation);
        }
    }

    private async Task StopOnceAsync()
    {
        _phase = Phase.Draining;
        await WithinHalfAsync(EndCallsAsync()).ConfigureAwait(false);

        _phase = Phase.Stopped;
        foreach (var call in Pending.All())
            call.Fail(OutcomeStatus.Unavailable);
        await WithinHalfAsync(UnloadAllAsync()).ConfigureAwait(false);

        await _deadlineSweep.DisposeAsync().ConfigureAwait(false);
        await _idleSweep.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndCallsAsync()
    {
        while (Pending.All() is { Count: > 0 } calls)
            await Task.WhenAll(calls.Select(static call => call.Answer)).ConfigureAwait(false);
    }

    // In rounds: a call that came just before the end may still have made an activation.
    private async Task UnloadAllAsync()
    {
        while (_activations.Values is { Count: > 0 } activations)
        {
            foreach (var activation in activations)
                Deactivate(activation);
            await Task.WhenAll(activations.Select(static activation => activation.Gone)).ConfigureAwait(false);
        }
    }

    private async Task WithinHalfAsync(Task task) =>
        await Task.WhenAny(task, Task.Delay(_options.StopLimit / 2, _clock)).ConfigureAwait(false);
}
