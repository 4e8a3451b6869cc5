using System.Globalization;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Live;

/// <summary>Reads of a list that lies in the cache, held against bare Kestrel that answers the same bytes: CPU time of the servers per request.</summary>
internal static class CachedReads
{
    private const string Path = "/api/v1/leaderboard/entries?limit=10";
    private const int Connections = 16;
    private const double WarmUpSeconds = 8;
    private const double Seconds = 3;
    private const int Rounds = 6;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(LaurelServer server, HttpClient client, Workspace workspace, TimeProvider clock, CancellationToken cancellation)
    {
        var bytes = await client.GetByteArrayAsync(Path[1..], cancellation);
        var file = System.IO.Path.Combine(workspace.Make("bytes"), "answer");
        await File.WriteAllBytesAsync(file, bytes, cancellation);
        var port = Programs.FreePort();
        await using var plain = ChildProcess.Start(Programs.Own("serve-bytes", port.ToString(CultureInfo.InvariantCulture), file));
        using var probe = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Waiting.UntilAsync("the endpoint to compare with", IsReadyAsync, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(60), clock, cancellation);

        await using var load = LoadGenerator.Start();
        var laurelPlan = new LoadPlan
        {
            Port = server.Port,
            Path = Path,
            Bearer = client.DefaultRequestHeaders.Authorization!.Parameter,
            Connections = Connections,
            Seconds = Seconds,
            Expected = "\"success\":true",
        };
        var plainPlan = laurelPlan with { Port = port };
        // Once each for the compilers; then by turns, so that what else the machine does is spread over both.
        await load.RunAsync(laurelPlan with { Seconds = WarmUpSeconds }, cancellation);
        await load.RunAsync(plainPlan with { Seconds = WarmUpSeconds }, cancellation);
        var (laurel, bare) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            laurel += await MeasureAsync(load, laurelPlan, server.Process, cancellation) / Rounds;
            bare += await MeasureAsync(load, plainPlan, plain, cancellation) / Rounds;
        }

        Console.WriteLine(FormattableString.Invariant(
            $"cached list of {bytes.Length} bytes: {laurel:0.0} µs of CPU a request, bare Kestrel {bare:0.0} µs: {laurel / bare:0.00} × (goal ≤ 1.5 ×)"));

        async Task<bool> IsReadyAsync()
        {
            try
            {
                return (await probe.GetAsync("ready", cancellation)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private static async Task<double> MeasureAsync(LoadGenerator load, LoadPlan plan, ChildProcess server, CancellationToken cancellation)
    {
        var before = server.CpuTime;
        var result = await load.RunAsync(plan, cancellation);
        return (server.CpuTime - before).TotalMicroseconds / result.Requests;
    }
}
