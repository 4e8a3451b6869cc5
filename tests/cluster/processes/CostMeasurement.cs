using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Laurel.Cluster.Tests;

/// <summary>
/// What a score costs over gateways and silos beside the single process, all on one PostgreSQL. Run by hand, on a quiet machine:
/// <c>Laurel.Cluster.Tests -explicit only -class Laurel.Cluster.Tests.CostMeasurement</c>.
/// </summary>
public sealed class CostMeasurement(ITestOutputHelper output)
{
    private const int BatchSize = 100;
    private const int Connections = 16;
    private const int Players = 20_000;
    private const int Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(5);

    [Fact(Explicit = true)]
    public async Task A_batch_over_gateway_and_silo_beside_one_process()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 1, gateways: 1);
        await using var alone = await cluster.StartStandaloneAsync();
        await MeasureAsync(cluster, [("standalone", [alone], 1), ("gateway and silo", [cluster.Gateways[0], cluster.Silos[0]], 1)]);
    }

    [Fact(Explicit = true)]
    public async Task More_boards_and_more_silos()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 1, gateways: 1);
        await MeasureAsync(cluster, [("1 silo, 1 board", [cluster.Gateways[0], cluster.Silos[0]], 1), ("1 silo, 1000 boards", [cluster.Gateways[0], cluster.Silos[0]], 1000)]);
        await cluster.AddSiloAsync();
        await cluster.AddSiloAsync();
        await MeasureAsync(cluster, [("3 silos, 1000 boards", [cluster.Gateways[0], .. cluster.Silos], 1000)], "spread");
    }

    private async Task MeasureAsync(RealCluster cluster, (string Name, Node[] Nodes, int Boards)[] contestants, string prefix = "cost")
    {
        Dictionary<string, List<double>> costs = [];
        var key = "";
        foreach (var (index, (name, nodes, boards)) in contestants.Index())
        {
            // Boards and keys are records in the common database, so it does not matter which node makes them.
            for (var board = 0; board < boards; board++)
                key = await cluster.MakeBoardAsync($"{prefix}-{index}-{board}");
            await SubmitAsync(cluster, nodes[0], key, $"{prefix}-{index}", boards, RoundTime);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (index, (name, nodes, boards)) in contestants.Index())
            {
                var before = nodes.Select(static node => node.CpuTime).ToArray();
                var scores = await SubmitAsync(cluster, nodes[0], key, $"{prefix}-{index}", boards, RoundTime);
                var used = nodes.Select((node, i) => (node.CpuTime - before[i]).TotalSeconds * 1e6 / scores).ToArray();
                output.WriteLine($"{name}: {scores / RoundTime.TotalSeconds:N0} scores/s, {used.Sum():0.00} CPU s per million scores ({string.Join(" + ", used.Select(static cpu => $"{cpu:0.00}"))})");
                costs.TryAdd(name, []);
                costs[name].Add(used.Sum());
            }
        }

        var medians = costs.ToDictionary(static cost => cost.Key, static cost => cost.Value.Order().ElementAt(cost.Value.Count / 2));
        foreach (var (name, median) in medians)
            output.WriteLine($"{name}: {median:0.00} CPU s per million scores, {median / medians.Values.First():0.00} × of {medians.Keys.First()}");
    }

    /// <summary>Submits for a while, and returns how many scores were taken.</summary>
    private static async Task<long> SubmitAsync(RealCluster cluster, Node node, string key, string boards, int count, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        long scores = 0;
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
        {
            var random = new Random(number);
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var entries = Enumerable.Range(0, BatchSize).Select(_ => new { user_id = $"player-{random.Next(Players)}", score = random.Next(1_000_000) });
                var answer = await cluster.SendAsync(
                    node, HttpMethod.Post, $"/tenants/acme/leaderboards/{boards}-{random.Next(count)}/entries", JsonSerializer.Serialize(new { entries }), key);
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Interlocked.Add(ref scores, BatchSize);
            }
        });
        return scores;
    }
}
