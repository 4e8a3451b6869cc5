using Laurel.GrainInterfaces;
using Laurel.Standalone;
using Laurel.Storage;
using Laurel.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Grains.Tests.Support;

/// <summary>
/// The grains over a <see cref="MisbehavingPort"/>, a real SQLite store in a directory of its own, and a clock that stands.
/// </summary>
/// <remarks>
/// A journey is a theory over seeds; what it expects must hold whatever the port does:
/// <code>
/// [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
/// public async Task A_created_tenant_is_there_after_a_crash(int seed)
/// {
///     await using var cluster = await GrainCluster.StartAsync(seed);
///     var made = await cluster.Grains.CallAsync("acme", static (ITenant tenant, CreateTenant request) => tenant.CreateAsync(request), new CreateTenant(null, null));
///     Assert.Equal(OutcomeStatus.Ok, made.Status);
///     await cluster.CrashAsync();
///     var found = await cluster.Grains.CallAsync("acme", static (ITenant tenant, GetTenant request) => tenant.GetAsync(request), new GetTenant());
///     Assert.Equal("acme", found.Record!.TenantId);
/// }
/// </code>
/// <para>Time: <c>cluster.Clock.Advance(…)</c>; when a grain must first be waiting, <c>await cluster.Clock.WhenAwaitedAsync(within)</c>.</para>
/// <para>Work that goes on after an answer: <c>await cluster.UntilAsync(async () => … )</c>, which asks again and again, without sleeping.</para>
/// <para>Other mischief: <c>StartAsync(seed, Mischief.Wild)</c>, or set <c>cluster.Mischief</c> on the way. A grain whose promise ends with
/// its activation (the rate limit): <c>cluster.Spare&lt;IRateLimit&gt;()</c>.</para>
/// <para>A failing store: pass <c>wrap</c>, for example to a FaultyStore. The end of the test fails when a grain's method threw; where that
/// is expected, empty <see cref="Failures"/>. Reproduce a seed: <c>LAUREL_SEED=… dotnet test tests/grains</c>.</para>
/// </remarks>
internal sealed class GrainCluster : IAsyncDisposable
{
    private static readonly TimeSpan PatienceLimit = TimeSpan.FromSeconds(30);

    private readonly Func<IStore, IStore> _wrap;
    private readonly string _directory = System.IO.Directory.CreateTempSubdirectory("laurel-grains-").FullName;
    private readonly MisbehavingPort _port;
    private IStore _store = null!;

    private GrainCluster(int seed, Mischief mischief, Func<IStore, IStore>? wrap, IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>>? factories)
    {
        Seed = seed;
        _wrap = wrap ?? (static store => store);
        _port = new MisbehavingPort(seed, mischief, factories ?? GrainFactories.All, ContextOf);
    }

    /// <summary>What decided the mischief.</summary>
    public int Seed { get; }

    /// <summary>The clock of grains and store.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>Where the grains tell their news.</summary>
    public IFeed Feed { get; } = new LocalFeed();

    /// <summary>Calls grains, with mischief.</summary>
    public IGrainPort Grains => _port;

    /// <summary>The store that the grains have now; another one after <see cref="CrashAsync"/> and <see cref="RestartAsync"/>.</summary>
    public IStore Store => _store;

    /// <summary>How badly the port behaves from now on.</summary>
    public Mischief Mischief
    {
        get => _port.Mischief;
        set => _port.Mischief = value;
    }

    /// <summary>What grains' methods threw.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<Exception> Failures => _port.Failures;

    /// <param name="seed">Decides the mischief.</param>
    /// <param name="mischief">How much of it; <see cref="Mischief.Usual"/> when null.</param>
    /// <param name="wrap">Put around each store that is opened.</param>
    /// <param name="factories">Other grains than the real ones.</param>
    public static async Task<GrainCluster> StartAsync(
        int seed,
        Mischief? mischief = null,
        Func<IStore, IStore>? wrap = null,
        IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>>? factories = null)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LAUREL_SEED={seed}");
        var cluster = new GrainCluster(seed, mischief ?? Mischief.Usual, wrap, factories);
        await cluster.OpenStoreAsync();
        return cluster;
    }

    /// <summary>Lets a kind of grain keep its activations.</summary>
    public void Spare<TGrain>()
        where TGrain : IGrain => _port.Spared.Add(typeof(TGrain));

    /// <summary>Loses the memory of one grain.</summary>
    public void Kill<TGrain>(string key)
        where TGrain : IGrain => _port.Kill<TGrain>(key);

    /// <summary>Loses all grains' memory, and opens the store anew. Calls under way are sent again.</summary>
    public async Task CrashAsync()
    {
        _port.KillAll();
        await _store.DisposeAsync();
        await OpenStoreAsync();

        // A call that was under way may have made an activation meanwhile, over the store that is closed.
        _port.KillAll();
    }

    /// <summary>Unloads all grains and opens the store anew.</summary>
    public async Task RestartAsync()
    {
        await _port.UnloadAllAsync();
        await CrashAsync();
    }

    /// <summary>Asks until the answer is yes; fails the test after half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < PatienceLimit, "It did not come true.");
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock on whenever something waits for the next second, until the work is done.</summary>
    public async Task LetTimePassAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Clock.WhenAwaitedAsync(TimeSpan.FromSeconds(1)));
            if (!work.IsCompleted)
                Clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        await work;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _port.KillAll();
        await _store.DisposeAsync();
        System.IO.Directory.Delete(_directory, recursive: true);
        if (!Failures.IsEmpty) throw new AggregateException($"Grains threw (LAUREL_SEED={Seed}).", Failures);
    }

    private async Task OpenStoreAsync() =>
        _store = _wrap(await SqliteStore.OpenAsync(new SqliteOptions { DataDirectory = _directory }, Clock, NullLoggerFactory.Instance));

    private ActivationContext ContextOf(string key, Action requestDeactivation) => new()
    {
        Key = key,
        Clock = Clock,
        Store = _store,
        Grains = _port,
        Feed = Feed,
        Logs = NullLoggerFactory.Instance,
        RequestDeactivation = requestDeactivation,
    };
}
