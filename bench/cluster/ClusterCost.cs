using Laurel.Bench.Macro;

namespace Laurel.Bench.Cluster;

/// <summary>Batches of 100 by turns: to the single process, over a gateway and a silo, to many boards, over several silos.</summary>
internal static class ClusterCost
{
    private const double HopGoal = 2.5;
    private const double FlatGoal = 1.3;
    private const int Silos = 3;

    /// <summary>Measures and reports it.</summary>
    /// <param name="context">The run.</param>
    /// <param name="silo">The path of the built node.</param>
    public static async Task RunAsync(MacroContext context, string silo)
    {
        context.Screen.Begin("starting the nodes");
        await using var servers = await ClusterServers.StartAsync();
        await using var alone = await ClusterNodes.StartStandaloneAsync(context, servers);
        await using var one = await ClusterNodes.StartAsync(context, servers, silo, "one", silos: 1);
        await using var three = await ClusterNodes.StartAsync(context, servers, silo, "three", Silos);
        var many = context.Settings.IdleBoards;
        ClusterContestant[] all =
        [
            await ClusterContestant.PrepareAsync(context, "standalone, 1 board", alone, 1),
            await ClusterContestant.PrepareAsync(context, "gateway and silo, 1 board", one, 1),
            await ClusterContestant.PrepareAsync(context, $"gateway and silo, {Figures.Whole(many)} boards", one, many),
            await ClusterContestant.PrepareAsync(context, $"gateway and {Silos} silos, {Figures.Whole(many)} boards", three, many),
        ];
        all = [.. all, all[3].UnderLoad(Silos)];

        context.Screen.Begin("batches of 100, in turns");
        for (var round = 0; round < context.Settings.Rounds; round++)
        {
            foreach (var contestant in all)
                await contestant.RunAsync(context, context.Settings.Seed + round);
            context.Screen.Progress(round + 1, context.Settings.Rounds);
        }

        context.Report.Add(new Table(
            "The cluster: batches of 100 scores, 16 connections unless said, one PostgreSQL",
            ["", "CPU s per million scores", "of that the gateway", "the silos", "scores/s", "the players' first scores"],
            [.. all.Select(static one => one.Row())],
            "CPU time is that of the medians of alternating rounds, without the load generator and PostgreSQL, whose files are not synced. A player's first score on a board is registered, too: its cost stands alone in the last column, with what there was to compile."));
        AddGoal(context.Report, "CPU per score over gateway and silo, against standalone", all[1], all[0], HopGoal);
        AddGoal(context.Report, $"CPU per score on {Figures.Whole(many)} boards, against 1", all[2], all[1], FlatGoal);
        AddGoal(context.Report, $"CPU per score over {Silos} silos, each as busy as 1", all[4], all[2], FlatGoal);
        AddGoal(context.Report, $"CPU per score over {Silos} silos that share what 1 had to do", all[3], all[2], FlatGoal);
    }

    private static void AddGoal(Report report, string what, ClusterContestant measured, ClusterContestant against, double most)
    {
        var ratio = measured.CpuSecondsPerMillion / against.CpuSecondsPerMillion;
        report.Add(new Goal(what, Figures.Times(ratio), $"≤ {most} ×", ratio <= most));
    }
}
