using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>
/// A port to whatever grains a test puts behind it. A grain that is missing, told to fail or throws is answered by Unavailable, as a
/// real port answers.
/// </summary>
internal sealed class FakeGrains : IGrainPort
{
    private readonly ConcurrentDictionary<Type, Func<string, IGrain>> _grains = new();
    private readonly ConcurrentDictionary<Type, OutcomeStatus> _failing = new();
    private readonly ConcurrentDictionary<Type, int> _calls = new();

    /// <summary>Puts grains of a type behind the port, by key.</summary>
    public FakeGrains With<TGrain>(Func<string, TGrain> grain)
        where TGrain : class, IGrain
    {
        _grains[typeof(TGrain)] = grain;
        return this;
    }

    /// <summary>Makes every call of that type of grain end like this, until <see cref="Heal{TGrain}"/>.</summary>
    public void Fail<TGrain>(OutcomeStatus status = OutcomeStatus.Unavailable) => _failing[typeof(TGrain)] = status;

    public void Heal<TGrain>() => _failing.TryRemove(typeof(TGrain), out _);

    /// <summary>How often grains of that type were called.</summary>
    public int CallsOf<TGrain>() => _calls.GetValueOrDefault(typeof(TGrain));

    public async Task<TResponse> CallAsync<TGrain, TRequest, TResponse>(string key, Func<TGrain, TRequest, Task<TResponse>> method, TRequest request)
        where TGrain : class, IGrain
        where TRequest : class
        where TResponse : class, IOutcome<TResponse>
    {
        _calls.AddOrUpdate(typeof(TGrain), 1, static (_, calls) => calls + 1);
        if (_failing.TryGetValue(typeof(TGrain), out var failure))
            return TResponse.Failed(failure);
        if (!_grains.TryGetValue(typeof(TGrain), out var grain))
            return TResponse.Failed(OutcomeStatus.Unavailable);
        return await method((TGrain)grain(key), request);
    }
}
