using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Laurel.Hosting;

/// <summary>
/// Metrics and traces for an OpenTelemetry collector, by the standard's own settings: nothing is gathered unless
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or its form for metrics or for traces, says where to; protocol, headers, interval, sampler and the
/// service's name are the other <c>OTEL_…</c> settings.
/// </summary>
public static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    private static readonly string[] Meters = ["Laurel.*", "Microsoft.Orleans", "Microsoft.AspNetCore.*", "System.Runtime", "Npgsql"];
    private static readonly string[] Sources = ["Microsoft.Orleans.*", "Microsoft.AspNetCore", "Npgsql"];

    /// <summary>Whether traces go anywhere.</summary>
    public static bool HasTraces(IConfiguration configuration) => IsSet(configuration, Endpoint) || IsSet(configuration, TracesEndpoint);

    /// <summary>Has the server export while it runs, if it is to.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var hasMetrics = IsSet(configuration, Endpoint) || IsSet(configuration, MetricsEndpoint);
        var hasTraces = HasTraces(configuration);
        if (hasMetrics || hasTraces)
            builder.Services.AddHostedService(_ => new Export(hasMetrics ? ExportMetrics(configuration) : null, hasTraces ? ExportTraces(configuration) : null));
    }

    private static bool IsSet(IConfiguration configuration, string name) => !string.IsNullOrWhiteSpace(configuration[name]);

    private static MeterProvider ExportMetrics(IConfiguration configuration) => Sdk.CreateMeterProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(static resource => Describe(resource))
        .AddMeter(Meters)
        .AddOtlpExporter()
        .Build();

    private static TracerProvider ExportTraces(IConfiguration configuration) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(configuration))
        .ConfigureResource(static resource => Describe(resource))
        .AddSource(Sources)
        .AddOtlpExporter()
        .Build();

    /// <summary>The name holds unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES has another.</summary>
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddService("laurel", serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}").AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>Both exports for as long as the host runs; what is left is sent at its end.</summary>
    private sealed class Export(MeterProvider? metrics, TracerProvider? traces) : IHostedService, IDisposable
    {
        private static readonly TimeSpan LastExportWithin = TimeSpan.FromSeconds(2);

        private Task _lastExport = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>A collector that does not answer must not hold the end up.</summary>
        public Task StopAsync(CancellationToken cancellationToken)
        {
            _lastExport = Task.WhenAll(Task.Run(() => metrics?.ForceFlush(), CancellationToken.None), Task.Run(() => traces?.ForceFlush(), CancellationToken.None));
            return Task.WhenAny(_lastExport, Task.Delay(LastExportWithin, TimeProvider.System, CancellationToken.None));
        }

        public void Dispose()
        {
            // It would export once more, and wait for that.
            if (!_lastExport.IsCompletedSuccessfully)
                return;
            metrics?.Dispose();
            traces?.Dispose();
        }
    }
}
