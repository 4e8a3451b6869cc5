using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Laurel.Silo;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>News of seasons from silo to gateway, over Orleans' streams.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task News_comes_from_wherever_the_season_is_in_the_order_of_its_commits()
    {
        await using var silos = await TestSilos.StartAsync(2);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        await board.SubmitAsync(("ada", 1));
        ConcurrentQueue<SeasonNews> heard = [];
        await using var subscription = await silos.Feed.SubscribeAsync(await board.SeasonAsync(), heard.Enqueue);

        await UntilHeardAsync(board, heard);
        heard.Clear();
        for (var i = 0; i < 20; i++)
            await board.SubmitAsync(($"player {i}", i));
        await Eventually.TrueAsync(() => Task.FromResult(heard.Any(static news => Names(news, "player 19"))), "the last commit is told");

        var sequences = heard.Where(static news => news.Kind == SeasonNewsKind.Changed).Select(static news => news.Sequence).ToList();
        Assert.Equal(sequences.Order(), sequences);
    }

    [Fact]
    public async Task A_watcher_goes_on_hearing_when_silos_are_lost()
    {
        Assert.SkipWhen(Requirements.ReasonToSkip("postgres", PostgresServer.Absence) is not null, PostgresServer.Absence ?? "");
        await using var postgres = await PostgresServer.StartAsync();
        await OrleansState.CreateAsync(postgres.ConnectionString);
        await OrleansState.CreateAsync(postgres.ConnectionString);
        await using var silos = await TestSilos.StartAsync(3, postgres.ConnectionString);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        await board.SubmitAsync(("ada", 1));
        ConcurrentQueue<SeasonNews> heard = [];
        await using (await silos.Feed.SubscribeAsync(await board.SeasonAsync(), heard.Enqueue))
        {
            await UntilHeardAsync(board, heard);
            for (var i = 0; i < 2; i++)
            {
                await silos.KillAsync(silos.Silos[^1]);
                heard.Clear();
                await UntilHeardAsync(board, heard);
            }
        }

        heard.Clear();
        await board.SubmitAsync(("eve", 1));
        Assert.Empty(heard);
    }

    private static bool Names(SeasonNews news, string user) => news.Changes?.Any(change => change.UserId == user) ?? false;

    /// <summary>Watches and writes, as viewers and players do, until a commit was told.</summary>
    private static Task UntilHeardAsync(TestBoard board, ConcurrentQueue<SeasonNews> heard) => Eventually.TrueAsync(
        async () =>
        {
            await board.WatchAsync();
            await board.SubmitAsync(("ada", 1));
            return !heard.IsEmpty;
        },
        "news is heard");
}
