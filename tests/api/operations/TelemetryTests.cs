using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.Tests.Support;

namespace Laurel.ApiFrontend.Tests;

/// <summary>What goes to a collector of telemetry, when the standard's setting names one.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_are_exported_to_where_the_standard_setting_says()
    {
        using var collector = new OtlpReceiver();
        await using var server = await PhoenixServer.StartAsync(null, [.. collector.Settings.Select(static setting => $"--{setting.Key}={setting.Value}")]);
        await server.MakeBoardAsync();

        await Laurel.Tests.Support.Eventually.TrueAsync(
            () => Task.FromResult(collector.Has("/v1/metrics", "service.name", "laurel", "laurel.request.duration", "http.server.request.duration")), "the metrics arrive");
        await Laurel.Tests.Support.Eventually.TrueAsync(
            () => Task.FromResult(collector.Has("/v1/traces", "Microsoft.AspNetCore")), "the traces arrive");
    }
}
