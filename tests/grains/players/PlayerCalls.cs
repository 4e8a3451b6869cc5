using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests;

/// <summary>Calls of the register and of seasons, in the tenant <c>acme</c>.</summary>
internal static class PlayerCalls
{
    public const string Tenant = "acme";

    public static Task<PlayersOutcome> PutAsync(this GrainCluster cluster, string userId, string? name = null, bool? hidden = null, string? country = null) =>
        cluster.PutAsync([new(userId, name, hidden, country)]);

    /// <summary>Puts players of one part.</summary>
    public static Task<PlayersOutcome> PutAsync(this GrainCluster cluster, IReadOnlyList<PlayerPut> puts) => cluster.Grains.CallAsync(
        PartOf(puts[0].UserId), static (IPlayers players, PutPlayers request) => players.PutAsync(request), new PutPlayers(puts));

    public static async Task<PlayerRecord?> FindAsync(this GrainCluster cluster, string userId)
    {
        var found = await cluster.Grains.CallAsync(
            PartOf(userId), static (IPlayers players, GetPlayer request) => players.GetAsync(request), new GetPlayer(userId));
        Assert.Contains(found.Status, new[] { OutcomeStatus.Ok, OutcomeStatus.NotFound });
        return found.Players?.Single();
    }

    public static Task<PlayersOutcome> EraseAsync(this GrainCluster cluster, string userId) => cluster.Grains.CallAsync(
        PartOf(userId), static (IPlayers players, ErasePlayer request) => players.EraseAsync(request), new ErasePlayer(userId));

    public static async Task<SubjectFacts> ResolveAsync(this GrainCluster cluster, string season, string userId, bool strict = false)
    {
        var resolved = await cluster.Grains.CallAsync(
            PartOf(userId), static (IPlayers players, ResolveSubjects request) => players.ResolveAsync(request), new ResolveSubjects(season, strict, [userId]));
        Assert.Equal(OutcomeStatus.Ok, resolved.Status);
        return resolved.Subjects!.Single();
    }

    /// <summary>Lets players stand in a season.</summary>
    public static async Task<OutcomeStatus> StandAsync(this GrainCluster cluster, string season, params string[] userIds)
    {
        var ids = userIds.Select(Encoding.UTF8.GetBytes).ToArray();
        var end = 0;
        ScoreBatch batch = new()
        {
            RequestId = RequestIds.Next(),
            ReceivedAt = 0,
            Ids = [.. ids.SelectMany(id => id)],
            IdEnds = [.. ids.Select(id => end += id.Length)],
            Scores = new double[ids.Length],
            AchievedAt = new long[ids.Length],
        };
        return (await cluster.Grains.CallAsync(season, static (ISeason grain, ScoreBatch request) => grain.SubmitAsync(request), batch)).Status;
    }

    /// <summary>Whether anything has still to be told to a season.</summary>
    public static async Task<bool> IsAllToldAsync(this GrainCluster cluster) => (await cluster.Store.Records.ListAsync("player-outbox/", null, 1)).Count == 0;

    /// <summary>Wakes whoever has still to tell something, as every host does each minute, until all is told.</summary>
    public static Task TellAllAsync(this GrainCluster cluster) => GrainCluster.UntilAsync(async () =>
    {
        await PlayerOutboxSweep.RunAsync(cluster.Store, cluster.Grains);
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        return await cluster.IsAllToldAsync();
    });

    private static string PartOf(string userId) => PlayersKey.Of(Tenant, userId).ToString();
}
