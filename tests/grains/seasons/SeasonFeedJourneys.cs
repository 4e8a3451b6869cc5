using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>What a season tells those who watch it, and what they read then.</summary>
public sealed class SeasonFeedJourneys
{
    private const string Config = """{"scoring":{"aggregation":"last"}}""";

    [Fact]
    public async Task Nobody_is_told_anything_without_watching_and_each_commit_is_told_in_order_with_it()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await SeasonJourney.StartAsync(cluster, Config);
        List<SeasonNews> heard = [];
        await journey.SubmitAsync(new SeasonJourney.Score("ada", 5), new SeasonJourney.Score("bob", 3));
        await using var subscription = await cluster.Feed.SubscribeAsync(await journey.KeyAsync(), heard.Add);
        await journey.SubmitAsync(new SeasonJourney.Score("bob", 4));
        Assert.Empty(heard);

        var head = await journey.OnSeasonAsync(static (season, request) => season.WatchAsync(request), new WatchSeason());
        await journey.SubmitAsync(new SeasonJourney.Score("bob", 9), new SeasonJourney.Score("bob", 8), new SeasonJourney.Score("eve", 1));
        await journey.SubmitAsync(new SeasonJourney.Score("eve", 2));

        Assert.Equal([head.Sequence + 1, head.Sequence + 2], heard.Select(news => news.Sequence));
        Assert.All(heard, news => Assert.Equal((head.Epoch, SeasonNewsKind.Changed), (news.Epoch, news.Kind)));
        Assert.Equal(["bob", "eve"], heard[0].Changes!.Select(change => change.UserId));
        var (bob, eve) = (heard[0].Changes![0], heard[0].Changes![1]);
        Assert.True(bob is { WasListed: true, Score: 4, Rank: 2 }, bob.ToString());
        Assert.False(eve.WasListed);
        Assert.True(heard[1].Changes![0] is { WasListed: true, Score: 1, Rank: 3 });

        cluster.Clock.Advance(TimeSpan.FromSeconds(11));
        await journey.SubmitAsync(new SeasonJourney.Score("eve", 3));
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task A_window_can_be_a_page_from_either_end_or_a_neighbourhood_with_others_besides()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        var journey = await SeasonJourney.StartAsync(cluster, Config);
        await journey.SubmitAsync([.. Enumerable.Range(1, 9).Select(i => new SeasonJourney.Score($"u{i}", 100 - i))]);

        var read = await journey.OnSeasonAsync(static (season, request) => season.ReadWindowsAsync(request), new ReadWindows(
        [
            new WindowQuery(1, 2, Also: ["u2", "u7", "nobody"]),
            new WindowQuery(1, 2, FromEnd: true, Also: ["u7", "u1"]),
            new WindowQuery(8, 5, FromEnd: true),
            new WindowQuery(0, 1, Around: "u5"),
            new WindowQuery(0, 1, FromEnd: true, Around: "u9"),
            new WindowQuery(0, 3, Around: "nobody"),
        ]));

        Assert.Equal(9, read.Total);
        Assert.Equal(["2 u2, 3 u3 + 7 u7", "2 u8, 3 u7 + 9 u1", "9 u1", "4 u4, 5 u5, 6 u6", "1 u9, 2 u8", ""], read.Windows!.Select(Show));
    }

    [Fact]
    public async Task What_is_rolled_back_is_neither_told_nor_shown()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, inner => store = new FaultyStore(inner));
        var journey = await SeasonJourney.StartAsync(cluster, Config);
        await journey.SubmitAsync(new SeasonJourney.Score("ada", 5));
        List<SeasonNews> heard = [];
        await using var subscription = await cluster.Feed.SubscribeAsync(await journey.KeyAsync(), heard.Add);
        await journey.OnSeasonAsync(static (season, request) => season.WatchAsync(request), new WatchSeason());

        store.Plan = Faults.Script(StoreMethod.Append, Fault.Failed);
        var refused = journey.SubmitAsync(new SeasonJourney.Score("bob", 9));
        var read = await journey.OnSeasonAsync(static (season, request) => season.ReadWindowsAsync(request), new ReadWindows([new WindowQuery(0, 10)]));

        Assert.Equal(OutcomeStatus.Unavailable, (await refused).Status);
        Assert.Empty(heard);
        Assert.Equal("1 ada", Show(read.Windows![0]));
    }

    private static string Show(WindowView window)
    {
        var text = string.Join(", ", window.Entries.Select(entry => $"{entry.Rank} {entry.UserId}"));
        return window.Also is null ? text : $"{text} + {string.Join(", ", window.Also.Select(entry => $"{entry.Rank} {entry.UserId}"))}";
    }
}
