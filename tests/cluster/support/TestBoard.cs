using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Cluster.Tests;

/// <summary>A board of tenant <c>acme</c> whose scores add up, and what a gateway does with it.</summary>
internal sealed class TestBoard(IGrainPort grains, string name)
{
    private const string Tenant = "acme";

    private string Key => $"{Tenant}/{name}";

    public static async Task<TestBoard> CreateAsync(IGrainPort grains, string name)
    {
        var tenant = await grains.CallAsync(
            Tenant, static (ITenant tenant, CreateTenant request) => tenant.CreateAsync(request), new CreateTenant(null, null));
        Assert.Contains(tenant.Status, (OutcomeStatus[])[OutcomeStatus.Ok, OutcomeStatus.Conflict]);
        var board = new TestBoard(grains, name);
        var config = JsonDocument.Parse("""{"scoring":{"aggregation":"sum"},"ranking":{"size":100000}}""").RootElement;
        var created = await grains.CallAsync(
            board.Key, static (ILeaderboard board, CreateLeaderboard request) => board.CreateAsync(request), new CreateLeaderboard(null, null, null, config, Guid.NewGuid()));
        Assert.True(created.Status == OutcomeStatus.Ok, $"{created}");
        return board;
    }

    /// <summary>The same board, called from elsewhere.</summary>
    public TestBoard From(IGrainPort other) => new(other, name);

    /// <summary>The present season's key.</summary>
    public async Task<string> SeasonAsync()
    {
        var route = await grains.CallAsync(
            Key, static (ILeaderboard board, RouteRequest request) => board.RouteAsync(request), new RouteRequest(ForWrite: true));
        Assert.Equal(OutcomeStatus.Ok, route.Status);
        return route.Season!.Key!;
    }

    public async Task<ScoreOutcomes> SubmitAsync(params (string User, double Value)[] scores) =>
        await grains.CallAsync(await SeasonAsync(), static (ISeason season, ScoreBatch request) => season.SubmitAsync(request), Batch(scores));

    public async Task<SeasonHead> WatchAsync() => await grains.CallAsync(
        await SeasonAsync(), static (ISeason season, WatchSeason request) => season.WatchAsync(request), new WatchSeason());

    public async Task<EntryPage> PageAsync(int offset = 0, int limit = 1000) => await grains.CallAsync(
        await SeasonAsync(), static (ISeason season, ReadPage request) => season.ReadPageAsync(request), new ReadPage(offset, limit));

    /// <summary>All entries in rank order.</summary>
    public async Task<List<(string User, double Score)>> StandingsAsync()
    {
        List<(string, double)> standings = [];
        while (true)
        {
            var page = await PageAsync(standings.Count);
            Assert.Equal(OutcomeStatus.Ok, page.Status);
            Assert.All(page.Entries!.Index(), row => Assert.Equal(standings.Count + row.Index + 1, row.Item.Rank));
            standings.AddRange(page.Entries!.Select(static entry => (entry.UserId, entry.Score)));
            if (standings.Count >= page.Total)
                return standings;
        }
    }

    public static ScoreBatch Batch((string User, double Value)[] scores)
    {
        var now = Timestamps.Now(TimeProvider.System);
        var ids = scores.Select(static score => Encoding.UTF8.GetBytes(score.User)).ToArray();
        var end = 0;
        return new ScoreBatch
        {
            RequestId = RequestIds.Next(),
            ReceivedAt = now,
            Ids = [.. ids.SelectMany(static id => id)],
            IdEnds = [.. ids.Select(id => end += id.Length)],
            Scores = [.. scores.Select(static score => score.Value)],
            AchievedAt = [.. scores.Select(_ => now)],
        };
    }
}
