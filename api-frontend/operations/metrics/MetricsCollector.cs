using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Laurel.ApiFrontend;

/// <summary>
/// Gathers what this process' meters measure, Laurel's own and those of the server and the runtime, from the host's start to its end.
/// </summary>
internal sealed class MetricsCollector : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _meters;
    private readonly Lock _observing = new();

    public MetricsCollector(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsWanted(instrument.Meter))
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, static made => new InstrumentSeries(made)));
        };
        _listener.MeasurementsCompleted = (instrument, state) => _instruments.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(value, tags, state));
    }

    /// <summary>Every instrument, by its name in Prometheus, with gauges read just now.</summary>
    public IReadOnlyList<InstrumentSeries> Collect()
    {
        lock (_observing)
            _listener.RecordObservableInstruments();
        return [.. _instruments.Values.OrderBy(static instrument => instrument.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>Meters of this host only: in one process there may be several, in tests above all. The runtime's has no factory.</summary>
    private bool IsWanted(Meter meter) =>
        meter.Name == "System.Runtime"
        || ((meter.Scope is null || ReferenceEquals(meter.Scope, _meters))
            && (meter.Name.StartsWith("Laurel.", StringComparison.Ordinal)
                || meter.Name is "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Server.Kestrel"));

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentSeries)state!).Record(value, tags);
}
