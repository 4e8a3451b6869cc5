using System.Net;
using Laurel.Silo;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Laurel.Cluster.Tests;

/// <summary>What a node tells a collector of telemetry, beside what the standalone host does.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_node_exports_the_metrics_and_traces_of_Laurel_and_Orleans()
    {
        using var collector = new OtlpReceiver();
        using var data = new TempDirectory();
        await using var node = await SiloHost.StartAsync(
            [
                "--urls=http://127.0.0.1:0", $"--Laurel:DataDirectory={data.Path}", $"--Laurel:AdminKey={RealCluster.AdminKey}", "--OTEL_SERVICE_NAME=scores-of-acme",
                $"--Laurel:Cluster:SiloPort={ServerProcess.FreePort()}", $"--Laurel:Cluster:GatewayPort={ServerProcess.FreePort()}",
                .. collector.Settings.Select(static setting => $"--{setting.Key}={setting.Value}"),
            ],
            static builder => builder.Logging.ClearProviders());
        using var http = new HttpClient { BaseAddress = new Uri(node.Address) };
        http.DefaultRequestHeaders.Add("X-API-Key", RealCluster.AdminKey);

        using var answer = await http.GetAsync("/tenants");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await Eventually.TrueAsync(
            () => Task.FromResult(collector.Has("/v1/metrics", "scores-of-acme", "laurel.request.duration", "orleans-", "http.server.request.duration", "dotnet.gc")),
            "the metrics arrive");
        await Eventually.TrueAsync(
            () => Task.FromResult(collector.Has("/v1/traces", "scores-of-acme", "Microsoft.AspNetCore", "Microsoft.Orleans", "IDirectory")), "the traces arrive");
    }
}
