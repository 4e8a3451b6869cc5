using Laurel.Bench.Macro;
using Laurel.Tests.Support;

namespace Laurel.Bench.Cluster;

/// <summary>
/// The verb <c>cluster</c>: what a score costs over gateways and silos beside the single process, and what more boards and more silos
/// change about it. Needs PostgreSQL, Redis and the path of the built node; <c>--quick</c> for a small run.
/// </summary>
internal static class ClusterVerb
{
    /// <summary>Measures and prints.</summary>
    /// <returns>0 when all was measured, whatever the figures; 1 when something is missing.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        if (args is not [var silo, ..] || !File.Exists(silo))
        {
            Console.Error.WriteLine("Usage: cluster PATH-OF-Laurel.Silo.dll [--quick]; bench/run cluster builds it and knows where it is.");
            return 1;
        }

        if ((PostgresServer.Absence ?? Laurel.Tests.Support.RedisServer.Absence) is { } absence)
        {
            Console.Error.WriteLine($"The cluster cannot be measured here: {absence}");
            return 1;
        }

        var settings = args.Contains("--quick") ? MacroSettings.SmallCluster : MacroSettings.Cluster;
        using var workspace = new Workspace(settings.Directory);
        await using var load = LoadGenerator.Start();
        var report = new Report();
        var screen = new Screen(clock);
        var context = new MacroContext(settings, workspace, load, screen, report, clock, CancellationToken.None);
        MacroRun.Describe(context);
        await ClusterCost.RunAsync(context, silo);
        screen.EndLine();
        ConsoleReport.Write(report, Console.Out);
        return 0;
    }
}
