using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Brings some events to all seasons they concern, and has those that came too late counted. To be repeated with the same events until it
/// succeeds: seasons and boards drop what they have.
/// </summary>
internal sealed partial class EventRound(ActivationContext context, string source, TenantBoards boards)
{
    private const int SeasonsAtOnce = 32;
    private const int WindowsAtOnce = 1000;

    /// <summary>How often a round is repeated only to count: a count is not worth holding scores up for longer.</summary>
    private const int MostCountings = 8;

    private readonly ILogger _log = context.Logs.CreateLogger<EventRound>();
    private int _failedCountings;

    /// <summary>How many events the last round that succeeded found too late, counted once for each board.</summary>
    public long Late { get; private set; }

    /// <summary>Costs a read of the store, a call for each season, and some tenths of a microsecond for each event and board.</summary>
    /// <returns>Whether every season has taken its part, durably.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<bool> TryDeliverAsync(IReadOnlyList<AcceptedEvents> requests)
    {
        List<Part> parts = [];
        foreach (var board in await boards.ReadAsync())
        {
            var part = new Part(board, new LateArrivals(), []);
            foreach (var match in board.Match(requests, part.Late))
            {
                if (!await TryAddAsync(part, match))
                    return false;
            }

            parts.Add(part);
            // Every board's share of the work is a turn of its own.
            await Task.Yield();
        }

        var all = true;
        var now = Timestamps.Now(context.Clock);
        foreach (var some in parts.SelectMany(static part => part.Seasons, static (part, season) => (Part: part, Season: season)).Chunk(SeasonsAtOnce))
        {
            var taken = await Task.WhenAll(some.Select(one => DeliverAsync(one.Part, one.Season.Key, one.Season.Value.Build(source, now))));
            all &= taken.All(static taken => taken);
        }

        var counted = true;
        foreach (var part in parts)
            counted &= await CountLateAsync(part);
        if (!all || (!counted && ++_failedCountings < MostCountings))
            return false;
        if (!counted)
            LogUncounted(source);
        _failedCountings = 0;
        Late = parts.Sum(static part => part.Late.Count);
        return true;
    }

    /// <returns>False when nobody can say which season takes it.</returns>
    private async Task<bool> TryAddAsync(Part part, EventMatch match)
    {
        var route = await part.Board.RouteAsync(context, match);
        if (route.Season is { } season && route.IsLate)
        {
            part.Late.Add(SeasonKey.Parse(season).Window, match.Position);
        }
        else if (route.Season is { } taking)
        {
            if (!part.Seasons.TryGetValue(taking, out var delivery))
                part.Seasons.Add(taking, delivery = new EventDeliveryBuilder());
            delivery.Add(in match);
        }

        return route.Status == OutcomeStatus.Ok;
    }

    private async Task<bool> DeliverAsync(Part part, string season, EventDelivery delivery)
    {
        var outcome = await context.Grains.CallAsync(
            season, static (ISeason grain, EventDelivery request) => grain.ScoreEventsAsync(request), delivery);
        if (outcome.Status is OutcomeStatus.WrongWindow)
            part.Board.ForgetSeasons();
        foreach (var position in delivery.Positions.TakeLast(outcome.Late))
            part.Late.Add(SeasonKey.Parse(season).Window, position);

        // A board that is gone or does not play scores nothing.
        return outcome.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound or OutcomeStatus.NotActive;
    }

    private async Task<bool> CountLateAsync(Part part)
    {
        foreach (var windows in part.Late.ByWindow().Chunk(WindowsAtOnce))
        {
            var counted = await context.Grains.CallAsync(
                part.Board.Key.ToString(),
                static (ILeaderboard board, CountLate request) => board.CountLateAsync(request),
                new CountLate(part.Board.Record.Incarnation, windows));
            if (counted.Status is not (OutcomeStatus.Ok or OutcomeStatus.NotFound))
                return false;
        }

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: some that came after their window's grace could not be counted")]
    private partial void LogUncounted(string intake);

    /// <summary>What one board gets of a round.</summary>
    private sealed record Part(EventBoard Board, LateArrivals Late, Dictionary<string, EventDeliveryBuilder> Seasons);
}
