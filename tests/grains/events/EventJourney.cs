using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Events;

/// <summary>A tenant with boards that score events, and what a gateway does with them.</summary>
internal sealed class EventJourney(GrainCluster cluster)
{
    public const string Tenant = "acme";

    public GrainCluster Cluster => cluster;

    public static async Task<EventJourney> StartAsync(GrainCluster cluster, params (string Board, string Config)[] boards)
    {
        var journey = new EventJourney(cluster);
        await journey.UntilOkAsync(() => cluster.Grains.CallAsync(
            Tenant, static (ITenant tenant, CreateTenant request) => tenant.CreateAsync(request), new CreateTenant(null, null)), OutcomeStatus.Conflict);
        foreach (var (board, config) in boards)
            await journey.MakeAsync(board, config);
        return journey;
    }

    public async Task MakeAsync(string board, string config)
    {
        var request = new CreateLeaderboard(null, null, null, JsonDocument.Parse(config).RootElement, Guid.NewGuid());
        await UntilOkAsync(() => OnBoardAsync(board, static (grain, create) => grain.CreateAsync(create), request));
    }

    /// <summary>A batch as the gateway makes it.</summary>
    public EventBatch Batch(params Event[] events)
    {
        EventWriter writer = new();
        foreach (var one in events)
        {
            writer.Begin(Utf8(one.Id), one.At ?? Timestamps.Now(cluster.Clock), Utf8(one.Type), Utf8(one.Actor), default, default);
            writer.Add("attrs.points"u8, one.Points);
            writer.Add("attrs.mode"u8, Utf8(one.Mode));
            writer.End();
        }

        return new EventBatch(Guid.NewGuid(), writer.ToArray());
    }

    /// <summary>Sends a batch once.</summary>
    public Task<EventsAccepted> SendOnceAsync(EventBatch batch) => cluster.Grains.CallAsync(
        EventsKey.Of(Tenant).ToString(), static (IEventIntake intake, EventBatch request) => intake.AcceptAsync(request), batch);

    /// <summary>Sends events until they are accepted, each time as a request of its own, as a client does.</summary>
    public async Task<EventsAccepted> SendAsync(params Event[] events)
    {
        EventsAccepted accepted = null!;
        var sending = UntilOkAsync(async () => accepted = await SendOnceAsync(Batch(events)));
        await cluster.LetTimePassAsync(sending);
        return accepted;
    }

    /// <summary>Waits until all that was accepted has been delivered.</summary>
    public Task DrainAsync() => cluster.LetTimePassAsync(UntilOkAsync(() => cluster.Grains.CallAsync(
        EventsKey.Of(Tenant).ToString(), static (IEventIntake intake, DrainEvents request) => intake.DrainAsync(request), new DrainEvents())));

    public Task<TResponse> OnBoardAsync<TRequest, TResponse>(string board, Func<ILeaderboard, TRequest, Task<TResponse>> method, TRequest request)
        where TRequest : class
        where TResponse : class, IOutcome<TResponse> => cluster.Grains.CallAsync($"{Tenant}/{board}", method, request);

    /// <summary>The standings of a window, the present one when none is named, as user=score in their order.</summary>
    public async Task<string[]> StandingsAsync(string board, string? window = null)
    {
        var route = await UntilOkAsync(() => OnBoardAsync(board, static (grain, ask) => grain.RouteAsync(ask), new RouteRequest(false, window)));
        if (route.Season?.Key is not { } season)
            return [];
        var page = await UntilOkAsync(() => cluster.Grains.CallAsync(
            season, static (ISeason grain, ReadPage request) => grain.ReadPageAsync(request), new ReadPage(0, 1000)));
        return [.. page.Entries!.Select(entry => FormattableString.Invariant($"{entry.UserId}={entry.Score}"))];
    }

    /// <summary>How many late events each season of a board has counted, newest first.</summary>
    public async Task<string[]> LateAsync(string board)
    {
        var list = await UntilOkAsync(() => OnBoardAsync(board, static (grain, ask) => grain.ListSeasonsAsync(ask), new ListSeasons(0, 100)));
        return [.. list.Seasons!.Select(season => FormattableString.Invariant($"{season.WindowKey}={season.LateEvents}"))];
    }

    /// <summary>Asks again while the answer is that the store failed, as a patient client does.</summary>
    public async Task<T> UntilOkAsync<T>(Func<Task<T>> call, OutcomeStatus also = OutcomeStatus.Ok)
        where T : IOutcome
    {
        T answer = default!;
        await GrainCluster.UntilAsync(async () => (answer = await call()).Status == OutcomeStatus.Ok || answer.Status == also);
        return answer;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal sealed record Event(string Id, string Actor, double Points, string Type = "kill", string Mode = "ranked", long? At = null);
}
