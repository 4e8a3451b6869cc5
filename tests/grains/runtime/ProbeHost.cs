using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Standalone;

namespace Laurel.Grains.Tests.Runtime;

/// <summary>A standalone port with probes in it, on a clock that stands.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    public ProbeHost(StandalonePortOptions? options = null)
    {
        Port = new StandalonePort(
            new Dictionary<Type, Func<ActivationContext, IActivation>> { [typeof(IProbe)] = Make }, null!, Clock, Logs, options);
    }

    public FakeClock Clock { get; } = new();

    public LogBook Logs { get; } = new();

    public StandalonePort Port { get; }

    /// <summary>What loads and unloads do; the activations in order of their making.</summary>
    public Func<Probe, Task> OnLoad { get; set; } = static _ => Task.CompletedTask;

    public Func<Probe, Task> OnUnload { get; set; } = static _ => Task.CompletedTask;

    public ConcurrentQueue<Probe> Made { get; } = new();

    /// <summary>Runs steps as the grain.</summary>
    public Task<Acknowledgement> RunAsync(string key, Func<Probe, Task<OutcomeStatus>> steps) => RunAsync(Port, key, steps);

    /// <summary>The same for steps that end at once.</summary>
    public Task<Acknowledgement> RunAsync(string key, Action<Probe> steps) => RunAsync(key, probe =>
    {
        steps(probe);
        return Task.FromResult(OutcomeStatus.Ok);
    });

    /// <summary>The same from within a grain, through the port it was given.</summary>
    public static Task<Acknowledgement> RunAsync(IGrainPort port, string key, Func<Probe, Task<OutcomeStatus>> steps) =>
        port.CallAsync(key, static (IProbe probe, Script script) => probe.RunAsync(script), new Script(steps));

    public ValueTask DisposeAsync()
    {
        // Its limits are on the clock that stands.
        var stopped = Port.StopAsync();
        while (!stopped.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Thread.Yield();
        }

        return ValueTask.CompletedTask;
    }

    private Probe Make(ActivationContext context)
    {
        var probe = new Probe(context, this);
        Made.Enqueue(probe);
        return probe;
    }
}
