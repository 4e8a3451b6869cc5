using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>
/// A node that is cut off from the others and not from the database: it goes on taking scores for the seasons it believes to hold, while
/// the others open them too. The fence decides, score by score, and nobody's account is wrong.
/// </summary>
[Collection(ClusterOfProcesses.Name)]
public sealed class PartitionJourneys(RealCluster cluster, ITestOutputHelper output)
{
    private const string TakenOver = "was taken over; this activation ends";
    private const int Boards = 8;

    private static readonly TimeSpan WritesGoOnWithin = TimeSpan.FromSeconds(15);

    /// <summary>Run by hand, as root: it moves all grains onto one node first, which takes a machine that does nothing else.</summary>
    [Fact(Explicit = true)]
    public async Task Two_halves_write_to_the_same_seasons_and_no_score_is_lost_or_counted_twice() => await CutAsync("cut");

    /// <summary>Run by hand on a machine that does nothing else; docs/scaling.md has what it said.</summary>
    [Fact(Explicit = true)]
    public async Task Writes_go_on_within_15_s_of_a_cut() => Assert.InRange(await CutAsync("cut-and-timed"), TimeSpan.Zero, WritesGoOnWithin);

    /// <returns>The longest wait of any writer that can still reach the others.</returns>
    private async Task<TimeSpan> CutAsync(string name)
    {
        await using var turn = await cluster.TakeAsync();
        var reason = Requirements.ReasonToSkip("network", cluster.EnclaveAbsence);
        Assert.SkipWhen(reason is not null, $"no network can be cut here: {reason}");

        // While it is the only one, all grains come to be on the node that is going to be cut off: keys, limits, boards and seasons.
        await using var cutOff = await cluster.AddWithinAsync();
        await Task.WhenAll(cluster.Silos.Select(static silo => silo.StopAsync()));
        string[] boards = [.. Enumerable.Range(0, Boards).Select(i => $"{name}-{i}")];
        foreach (var board in boards)
            await cluster.MakeBoardAsync(board);
        await using var writers = new Writers(cluster, boards, RealCluster.AdminKey);
        await using var within = new Writers(cluster, boards, RealCluster.AdminKey, Boards, cutOff);
        await writers.GoOnAsync(Boards);
        await within.GoOnAsync(Boards);
        await Task.WhenAll(cluster.Silos.Select(static silo => silo.RestartAsync()));
        await writers.GoOnAsync();
        writers.TakeLongestPause();

        await cluster.Enclave!.CutAsync();
        TimeSpan pause;
        try
        {
            await writers.GoOnAsync(Boards);
            pause = writers.TakeLongestPause();
            output.WriteLine($"after a cut network the longest wait of a writer was {pause.TotalSeconds:0.0} s");
            await Eventually.TrueAsync(() => Task.FromResult(cutOff.HasPrinted(TakenOver)), "the node that is cut off meets the fence");
        }
        finally
        {
            await cluster.Enclave.MendAsync();
        }

        Assert.NotEqual(0, await cutOff.ExitAsync());
        await writers.StopAsync();
        await within.StopAsync();
        await Writers.CheckAsync(cluster, cluster.Gateways[0], writers, within);
        output.WriteLine($"{writers.Acknowledged} and {within.Acknowledged} requests acknowledged");
        return pause;
    }
}
