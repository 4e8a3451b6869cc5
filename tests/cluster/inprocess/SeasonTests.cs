using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Cluster.Tests;

/// <summary>What a cluster adds to seasons: several silos, lost silos, and two activations of one season.</summary>
public sealed class SeasonTests
{
    /// <summary>Writers leave the processors to what they test.</summary>
    private static readonly TimeSpan WritersPace = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Scores_sent_through_every_silo_are_ranked_on_one_board()
    {
        await using var silos = await TestSilos.StartAsync(3);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        var sums = new Dictionary<string, double>();
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var scores = Enumerable.Range(0, 50).Select(_ => ($"player {random.Next(200)}", (double)random.Next(1, 1000))).ToArray();
            foreach (var (user, value) in scores)
                sums[user] = sums.GetValueOrDefault(user) + value;
            var outcomes = await board.From(i % 4 == 3 ? silos.Grains : TestSilos.GrainsOf(silos.Silos[i % 4])).SubmitAsync(scores);
            Assert.Equal(OutcomeStatus.Ok, outcomes.Status);
        }

        var standings = await board.StandingsAsync();

        Assert.Equal(sums.Values.OrderDescending(), standings.Select(static row => row.Score));
        Assert.All(standings, row => Assert.Equal(sums[row.User], row.Score));
        Assert.Single((await silos.SeasonsAsync())[await board.SeasonAsync()]);
    }

    [Fact]
    public async Task Seasons_spread_over_the_silos()
    {
        await using var silos = await TestSilos.StartAsync(3);
        // Until all silos have heard how full the others are, they keep what is asked of them; then the emptier ones take what comes, and
        // one that is full with grains of other kinds may take next to nothing.
        var made = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                for (var i = 0; i < 12; i++)
                {
                    var board = await TestBoard.CreateAsync(silos.Grains, $"board-{made++}");
                    Assert.Equal(OutcomeStatus.Ok, (await board.SubmitAsync(("ada", 1))).Status);
                }

                var seasons = await silos.SeasonsAsync();
                Assert.Equal(made, seasons.Count);
                return silos.Silos.All(silo => seasons.Count(season => season.Single() == silo) is var share && share > 0 && share * 3 <= made * 2);
            },
            "every silo has some of the seasons, and none more than two thirds of them");
    }

    [Fact]
    public async Task A_lost_silo_costs_no_acknowledged_score_and_no_score_counts_twice()
    {
        await using var silos = await TestSilos.StartAsync(3);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        await board.SubmitAsync(("ada", 1));
        var acknowledged = 1;
        var refused = 0;
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var pace = new PeriodicTimer(WritersPace);
            while (!enough.IsCancellationRequested)
            {
                await pace.WaitForNextTickAsync();
                var answer = await board.SubmitAsync(("ada", 1));
                Interlocked.Increment(ref answer.Status == OutcomeStatus.Ok ? ref acknowledged : ref refused);
            }
        })).ToArray();
        await UntilAsync(() => Volatile.Read(ref acknowledged) > 200);
        var lost = Assert.Single((await silos.SeasonsAsync())[await board.SeasonAsync()]);

        await silos.KillAsync(lost);
        var before = Volatile.Read(ref acknowledged);
        await UntilAsync(() => Volatile.Read(ref acknowledged) > before + 200);
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        var (_, score) = Assert.Single(await board.StandingsAsync());
        Assert.InRange(score, acknowledged, acknowledged + refused);
        Assert.NotEqual(lost, Assert.Single((await silos.SeasonsAsync())[await board.SeasonAsync()]));
    }

    [Fact]
    public async Task A_silo_that_leaves_in_good_order_fails_no_call()
    {
        await using var silos = await TestSilos.StartAsync(3);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        await board.SubmitAsync(("ada", 1));
        var acknowledged = 1;
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var pace = new PeriodicTimer(WritersPace);
            while (!enough.IsCancellationRequested)
            {
                await pace.WaitForNextTickAsync();
                Assert.Equal(OutcomeStatus.Ok, (await board.SubmitAsync(("ada", 1))).Status);
                Interlocked.Increment(ref acknowledged);
            }
        })).ToArray();
        await UntilAsync(() => Volatile.Read(ref acknowledged) > 100);

        await silos.StopAsync(Assert.Single((await silos.SeasonsAsync())[await board.SeasonAsync()]));
        var before = Volatile.Read(ref acknowledged);
        await UntilAsync(() => Volatile.Read(ref acknowledged) > before + 100);
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(("ada", acknowledged), Assert.Single(await board.StandingsAsync()));
    }

    [Fact]
    public async Task An_activation_whose_season_was_opened_elsewhere_gives_way_and_loses_nothing()
    {
        await using var silos = await TestSilos.StartAsync(2);
        var board = await TestBoard.CreateAsync(silos.Grains, "goals");
        Assert.Equal(OutcomeStatus.Ok, (await board.SubmitAsync(("ada", 1))).Status);
        var key = await board.SeasonAsync();

        // A second activation, as a silo has it that was cut off and does not know that it was given up.
        var other = new Season(new ActivationContext
        {
            Key = key,
            Clock = TimeProvider.System,
            Store = silos.Store,
            Grains = silos.Grains,
            Feed = silos.Feed,
            Logs = NullLoggerFactory.Instance,
            RequestDeactivation = static () => { },
        });
        await other.LoadAsync();

        // The one in the cluster finds out by writing, and the call is answered by the activation that takes its place.
        Assert.Equal(OutcomeStatus.Ok, (await board.SubmitAsync(("ada", 10))).Status);
        var late = await other.SubmitAsync(TestBoard.Batch([("ada", 100)]));

        Assert.Equal(OutcomeStatus.Moved, late.Status);
        Assert.Equal(("ada", 11.0), Assert.Single(await board.StandingsAsync()));
    }

    private static Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() => Task.FromResult(condition()), "enough writes");
}
