using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Brings some events to all seasons they concern. To be repeated with the same events until it succeeds: seasons drop what they have.
/// </summary>
internal sealed class EventRound(ActivationContext context, string source, TenantBoards boards)
{
    private const int SeasonsAtOnce = 32;

    /// <summary>How many events the last round that succeeded found too late, counted once for each board.</summary>
    public long Late { get; private set; }

    /// <summary>Costs a read of the store, a call for each season, and some tenths of a microsecond for each event and board.</summary>
    /// <returns>Whether every season has taken its part, durably.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<bool> TryDeliverAsync(IReadOnlyList<AcceptedEvents> requests)
    {
        var late = 0L;
        Dictionary<string, (EventBoard Board, EventDeliveryBuilder Delivery)> seasons = [];
        foreach (var board in await boards.ReadAsync())
        {
            foreach (var match in board.Match(requests, ref late))
            {
                var (status, season) = await board.RouteAsync(context, match);
                if (status != OutcomeStatus.Ok)
                    return false;
                if (season is null)
                    continue;
                if (!seasons.TryGetValue(season, out var part))
                    seasons.Add(season, part = (board, new EventDeliveryBuilder()));
                part.Delivery.Add(in match);
            }

            // Every board's share of the work is a turn of its own.
            await Task.Yield();
        }

        var all = true;
        var now = Timestamps.Now(context.Clock);
        foreach (var some in seasons.Chunk(SeasonsAtOnce))
        {
            var taken = await Task.WhenAll(some.Select(season => DeliverAsync(season.Key, season.Value.Board, season.Value.Delivery.Build(source, now))));
            all &= taken.All(static taken => taken);
        }

        Late = late;
        return all;
    }

    private async Task<bool> DeliverAsync(string season, EventBoard board, EventDelivery delivery)
    {
        var outcome = await context.Grains.CallAsync(
            season, static (ISeason grain, EventDelivery request) => grain.ScoreEventsAsync(request), delivery);
        if (outcome.Status is OutcomeStatus.WrongWindow)
            board.ForgetSeasons();

        // A board that is gone or does not play scores nothing.
        return outcome.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound or OutcomeStatus.NotActive;
    }
}
