using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Laurel.Cluster.Tests;

/// <summary>
/// What a score costs over gateways and silos beside the single process, all on one PostgreSQL. Run by hand, on a quiet machine:
/// <c>Laurel.Cluster.Tests -explicit only -class Laurel.Cluster.Tests.CostMeasurement</c>.
/// </summary>
[Collection(RealCluster.OneAtATime)]
public sealed class CostMeasurement(ITestOutputHelper output)
{
    private const int BatchSize = 100;
    private const int Connections = 16;
    private const int Players = 20_000;
    private const int Rounds = 3;
    private const int WarmUp = 300_000;
    private const int Scores = 200_000;

    private int _boards;

    [Fact(Explicit = true)]
    public async Task A_batch_over_gateway_and_silo_beside_one_process()
    {
        await using var cluster = await RealCluster.StartAsync(silos: 1, gateways: 1);
        await using var alone = await cluster.StartStandaloneAsync();
        await MeasureAsync(cluster, [("standalone", [alone], 1), ("gateway and silo", [cluster.Gateways[0], cluster.Silos[0]], 1)]);
    }

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task More_boards(int silos)
    {
        await using var cluster = await RealCluster.StartAsync(silos, gateways: 1);
        Node[] nodes = [cluster.Gateways[0], .. cluster.Silos];
        await MeasureAsync(cluster, [($"{silos} silos, 1 board", nodes, 1), ($"{silos} silos, 1000 boards", nodes, 1000)]);
    }

    private async Task MeasureAsync(RealCluster cluster, (string Name, Node[] Nodes, int Boards)[] contestants)
    {
        List<(string Name, Node[] Nodes, string[] Keys, List<double> Costs)> all = [];
        foreach (var (name, nodes, boards) in contestants)
        {
            // Boards and keys are records in the common database, so it does not matter which node makes them.
            var keys = new string[boards];
            for (var i = 0; i < boards; i++)
            {
                var board = $"board-{_boards++}";
                await cluster.MakeBoardAsync(board);
                keys[i] = await cluster.MakeKeyAsync($$"""{"kind":"game","leaderboard_id":"{{board}}","rate_limit":{"requests":1000000,"seconds":60} }""");
            }

            await SubmitAsync(cluster, nodes[0], keys, WarmUp);
            all.Add((name, nodes, keys, []));
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, nodes, keys, costs) in all)
            {
                var before = nodes.Select(static node => node.CpuTime).ToArray();
                var time = await SubmitAsync(cluster, nodes[0], keys, Scores);
                var used = nodes.Select((node, i) => (node.CpuTime - before[i]).TotalSeconds * 1e6 / Scores).ToArray();
                output.WriteLine($"{name}: {Scores / time.TotalSeconds:N0} scores/s, {used.Sum():0.00} CPU s per million scores ({string.Join(" + ", used.Select(static cpu => $"{cpu:0.00}"))})");
                costs.Add(used.Sum());
            }
        }

        foreach (var (name, _, _, costs) in all)
            output.WriteLine($"{name}: {Median(costs):0.00} CPU s per million scores, {Median(costs) / Median(all[0].Costs):0.00} × of {all[0].Name}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Submits so many scores in batches, spread over the boards, and returns how long it took.</summary>
    private static async Task<TimeSpan> SubmitAsync(RealCluster cluster, Node node, string[] keys, int scores)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, scores / BatchSize, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
        {
            var random = new Random(number);
            var batch = Enumerable.Range(0, BatchSize).Select(_ => new { userId = $"player-{random.Next(Players)}", score = random.Next(1_000_000), timestamp = "2025-01-01T00:00:00Z" });
            var answer = await cluster.SendAsync(node, HttpMethod.Post, "/leaderboard/scores", JsonSerializer.Serialize(new { scores = batch }), keys[number % keys.Length]);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
        });
        return Stopwatch.GetElapsedTime(started);
    }
}
