using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.Support;

/// <summary>
/// A port as bad as a cluster on a bad day. Every request and response goes through the wire format; and by a seed, calls are delayed
/// past each other, delivered twice, have their replies lost, find their activation killed, or one of two. What is lost or answered
/// Moved is sent again with the same request, as every port does, until it is answered or <see cref="Attempts"/> are used up.
/// </summary>
/// <remarks>
/// The seed decides what happens to which call: the n-th call of a key meets the same mischief in every run. How threads interleave it
/// does not decide. The later attempts of a call go undisturbed, so that every call ends.
/// </remarks>
internal sealed class MisbehavingPort : IGrainPort
{
    private const int DisturbedAttempts = 4;
    private const int Attempts = 50;

    // Not a part of the tests' time: only what hangs for ever gets here, and is named.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    private readonly int _seed;
    private readonly IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> _factories;
    private readonly Func<string, Action, ActivationContext> _context;
    private readonly ConcurrentDictionary<(Type Kind, string Key), Place> _places = new();

    /// <param name="seed">Decides the mischief.</param>
    /// <param name="mischief">How much of it; may be changed at any time.</param>
    /// <param name="factories">How to make each kind of grain.</param>
    /// <param name="context">A grain's context, from its key and what it asks to be deactivated by.</param>
    public MisbehavingPort(
        int seed,
        Mischief mischief,
        IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> factories,
        Func<string, Action, ActivationContext> context)
    {
        _seed = seed;
        Mischief = mischief;
        _factories = factories;
        _context = context;
    }

    /// <summary>What happens from now on.</summary>
    public Mischief Mischief { get; set; }

    /// <summary>Kinds of grains that do not lose their activations: those that promise nothing beyond one activation's life.</summary>
    public HashSet<Type> Spared { get; } = [];

    /// <summary>Exceptions that came out of grains' methods and unloads. A correct grain throws none.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>Exceptions that came out of loads: a grain whose store does not answer may.</summary>
    public ConcurrentQueue<Exception> LoadFailures { get; } = new();

    /// <inheritdoc/>
    public async Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        // Off the calling grain's turn.
        await YieldAsync(1).ConfigureAwait(false);

        var bytes = Wire.Serialize(request);
        var place = _places.GetOrAdd((typeof(TGrain), key), static address => new Place(address));
        var number = place.NextCall();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var plan = PlanOf(place, number, attempt);
            var response = await AttemptAsync(place, plan, method, bytes).WaitAsync(HangLimit).ConfigureAwait(false);
            if (response is not null && response.Status != OutcomeStatus.Moved && !plan.LosesReply) return response;
            if (response?.Status == OutcomeStatus.Moved) await YieldAsync(10).ConfigureAwait(false);
        }

        return TResponse.Failed(OutcomeStatus.Unavailable);
    }

    /// <summary>Kills every activation: what a crash leaves.</summary>
    public void KillAll()
    {
        foreach (var (_, place) in _places)
            place.KillAll();
    }

    /// <summary>Kills the activations of one grain.</summary>
    public void Kill<TGrain>(string key)
        where TGrain : IGrain
    {
        if (_places.TryGetValue((typeof(TGrain), key), out var place)) place.KillAll();
    }

    /// <summary>Unloads every activation: what a clean stop leaves.</summary>
    public async Task UnloadAllAsync()
    {
        foreach (var (_, place) in _places)
            await place.UnloadAllAsync().WaitAsync(HangLimit);
    }

    private async Task<TResponse?> AttemptAsync<TGrain, TRequest, TResponse>(
        Place place, Plan plan, Func<TGrain, TRequest, Task<TResponse>> method, byte[] bytes)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        await YieldAsync(plan.Yields).ConfigureAwait(false);
        if (plan.Duplicates) place.Retire(plan.CallsLeft);

        var activation = await EnterAsync(place, plan.PrefersOld).ConfigureAwait(false);
        var reply = DeliverAsync(activation, method, bytes);
        if (plan.Repeats)
        {
            await YieldAsync(plan.RepeatYields).ConfigureAwait(false);
            var other = await EnterAsync(place, plan.PrefersOld).ConfigureAwait(false);
            var second = DeliverAsync(other, method, bytes);
            if (plan.SecondReplyWins) reply = second;
        }

        if (plan.Kills)
        {
            await YieldAsync(plan.KillYields).ConfigureAwait(false);
            activation.Turns.Kill();
        }

        return await reply.ConfigureAwait(false);
    }

    /// <summary>An activation that has counted the call in.</summary>
    private async Task<MortalActivation> EnterAsync(Place place, bool prefersOld)
    {
        while (true)
        {
            var activation = place.Choose(prefersOld, () => Activate(place.Address));
            if (activation.TryEnter()) return activation;
            await activation.Gone.ConfigureAwait(false);
            place.Forget(activation);
        }
    }

    private MortalActivation Activate((Type Kind, string Key) address) =>
        new(activation => _factories[address.Kind](_context(address.Key, activation.Close)), Failures.Enqueue);

    /// <summary>One delivery; null when the activation was killed before it answered.</summary>
    private async Task<TResponse?> DeliverAsync<TGrain, TRequest, TResponse>(
        MortalActivation activation, Func<TGrain, TRequest, Task<TResponse>> method, byte[] bytes)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        var work = RunAsync();
        var killed = activation.Turns.Killed;
        return await Task.WhenAny(work, killed).ConfigureAwait(false) == killed ? null : await work.ConfigureAwait(false);

        async Task<TResponse> RunAsync()
        {
            try
            {
                await activation.Loaded.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LoadFailures.Enqueue(e);
                activation.Turns.Kill();
                return TResponse.Failed(OutcomeStatus.Unavailable);
            }

            try
            {
                var response = await activation.CallAsync((TGrain grain) => method(grain, Wire.Deserialize<TRequest>(bytes))).ConfigureAwait(false);
                return Wire.Deserialize<TResponse>(Wire.Serialize(response));
            }
            catch (Exception e)
            {
                Failures.Enqueue(e);
                return TResponse.Failed(OutcomeStatus.Unavailable);
            }
            finally
            {
                activation.Exit();
            }
        }
    }

    private Plan PlanOf(Place place, int number, int attempt)
    {
        if (attempt >= DisturbedAttempts) return default;

        var random = new Random(StableHash.Of(_seed, place.Address.Kind.Name, place.Address.Key, number, attempt));
        var mischief = Spared.Contains(place.Address.Kind) ? Mischief.WithoutLosses : Mischief;
        return Plan.Draw(random, mischief);
    }

    /// <summary>Lets all go first that the pool has to do already. What it is given by its own threads it would do before that.</summary>
    private static async Task YieldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var turn = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
            await turn.Task.ConfigureAwait(false);
        }
    }
}
