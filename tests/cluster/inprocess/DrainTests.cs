using System.Net;
using System.Net.Http.Json;
using Laurel.Silo;
using Laurel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Laurel.Cluster.Tests;

/// <summary>A node that was asked to end serves on for its drain.</summary>
public sealed class DrainTests
{
    private const string Events = "/v1/leaderboards/acme/goals/events";

    [Fact]
    public async Task Event_streams_are_opened_during_the_drain_and_end_after_it()
    {
        using var data = new TempDirectory();
        var node = await SiloHost.StartAsync(
            [
                "--urls=http://127.0.0.1:0", $"--Laurel:DataDirectory={data.Path}", $"--Laurel:AdminKey={RealCluster.AdminKey}", "--Laurel:Cluster:Drain=00:00:10",
                $"--Laurel:Cluster:SiloPort={ServerProcess.FreePort()}", $"--Laurel:Cluster:GatewayPort={ServerProcess.FreePort()}",
            ],
            static builder => builder.Logging.ClearProviders());
        using var http = new HttpClient { BaseAddress = new Uri(node.Address) };
        http.DefaultRequestHeaders.Add("X-API-Key", RealCluster.AdminKey);
        await MakeBoardAsync(http);
        using var before = await OpenAsync(http);

        node.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stopping = node.DisposeAsync().AsTask();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(http, "/ready"));
        using var during = await OpenAsync(http);

        Assert.False(stopping.IsCompleted);
        foreach (var stream in new[] { before, during })
            Assert.Contains("snapshot", await stream.ReadToEndAsync(), StringComparison.Ordinal);
        await stopping;
    }

    private static async Task MakeBoardAsync(HttpClient http)
    {
        using var tenant = await http.PostAsJsonAsync("/tenants", new { tenant_id = "acme", name = "Acme" });
        using var board = await http.PostAsJsonAsync("/tenants/acme/leaderboards", new { leaderboard_id = "goals", name = "Goals" });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (tenant.StatusCode, board.StatusCode));
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>An event stream whose first event has come.</summary>
    private static async Task<StreamReader> OpenAsync(HttpClient http)
    {
        var answer = await http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }
}
