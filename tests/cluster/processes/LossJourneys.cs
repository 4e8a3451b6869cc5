namespace Laurel.Cluster.Tests;

/// <summary>What a cluster of processes promises when some of them are lost: nothing acknowledged is, and writes go on soon.</summary>
[Collection(ClusterOfProcesses.Name)]
public sealed class LossJourneys(RealCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan WritesGoOnWithin = TimeSpan.FromSeconds(15);

    /// <summary>How soon they go on is written down and not judged: it is the machine's affair, too.</summary>
    [Fact]
    public async Task Killed_and_frozen_nodes_cost_no_acknowledged_score_and_writes_go_on() =>
        await LoseAsync("losses", frozenFor: TimeSpan.Zero);

    /// <summary>Run by hand on a machine that does nothing else; docs/scaling.md has what it said.</summary>
    [Fact(Explicit = true)]
    public async Task Writes_go_on_within_15_s_of_a_kill_and_of_a_minutes_false_death() =>
        Assert.All(await LoseAsync("losses-at-length", frozenFor: TimeSpan.FromMinutes(1)), static pause => Assert.InRange(pause, TimeSpan.Zero, WritesGoOnWithin));

    /// <returns>The longest waits of any writer.</returns>
    private async Task<List<TimeSpan>> LoseAsync(string board, TimeSpan frozenFor)
    {
        await using var turn = await cluster.TakeAsync();
        await using var writers = new Writers(cluster, [board], await cluster.MakeBoardAsync(board));
        List<TimeSpan> pauses = [];
        await writers.GoOnAsync();
        writers.TakeLongestPause();

        await cluster.Silos[0].KillAsync();
        await GoOnAsync("a killed silo");
        await cluster.Gateways[1].KillAsync();
        await GoOnAsync("a killed gateway");
        await Task.WhenAll(cluster.Silos[0].RestartAsync(), cluster.Gateways[1].RestartAsync());
        await GoOnAsync("both started again");

        await cluster.Silos[1].FreezeAsync();
        await GoOnAsync("a frozen silo");
        await writers.GoOnForAsync(frozenFor);
        await cluster.Silos[1].ThawAsync();
        Assert.NotEqual(0, await cluster.Silos[1].ExitAsync());
        await GoOnAsync("a thawed silo, which ended because the others had given it up");

        await writers.StopAsync();
        foreach (var gateway in cluster.Gateways)
            await Writers.CheckAsync(cluster, gateway, writers);
        output.WriteLine($"{writers.Acknowledged} requests acknowledged, {writers.Failures.Count} failed");
        return pauses;

        async Task GoOnAsync(string after)
        {
            await writers.GoOnAsync();
            pauses.Add(writers.TakeLongestPause());
            output.WriteLine($"{after}: the longest wait of a writer was {pauses[^1].TotalSeconds:0.0} s");
        }
    }
}
