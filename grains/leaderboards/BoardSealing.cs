using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>Seals a board's seasons: after the last event that belongs to one has reached it, and before anybody is told that it is final.</summary>
internal sealed class BoardSealing(ActivationContext context, BoardRecords records, LeaderboardKey key)
{
    /// <summary>Does what is due of a season that has ended.</summary>
    /// <returns>Null when a race was lost: the caller tries again on fresh records.</returns>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<Acknowledgement?> SealWhenDueAsync(LeaderboardRecord record, string window, long now)
    {
        var generation = records.Generation;
        if (await records.FindSeasonAsync(record.Incarnation, window) is not { } season)
            return Acknowledgement.Failed(OutcomeStatus.NotFound);
        if (season.SealedAt is not null || !(BoardSeasons.EndOf(season) + BoardSeasons.GraceOf(record) <= now))
            return await PutAsync(generation, record, season, now);

        if (await FinishAsync(record, season) is not OutcomeStatus.Ok and var status)
            return Acknowledgement.Failed(status);
        await records.RefreshAsync();
        if (records.Live is not { } present || present.Incarnation != record.Incarnation)
            return Acknowledgement.Failed(OutcomeStatus.NotFound);

        // Somebody may have scored, or sealed it, while it was finished; or have changed it while it was read.
        generation = records.Generation;
        if (await records.FindSeasonAsync(record.Incarnation, window) is not { SealedAt: null } last || last.Unused != season.Unused)
            return null;
        return await PutAsync(generation, present, last with { SealedAt = Timestamps.ToDateTimeOffset(now), State = SeasonPhase.Sealed }, now);
    }

    private async Task<Acknowledgement?> PutAsync(int asOf, LeaderboardRecord record, SeasonInfo season, long now)
    {
        var isLatest = records.Latest?.WindowKey == season.WindowKey;
        var outcome = await records.PutSeasonsAsync(asOf, [season], isLatest ? season : null, BoardSeasons.DueOf(record, season, now));
        return outcome == WriteOutcome.Committed ? Acknowledgement.Ok : null;
    }

    /// <summary>Sees to it that the final standings are in the store.</summary>
    private async Task<OutcomeStatus> FinishAsync(LeaderboardRecord record, SeasonInfo season)
    {
        if (record.Config.Scoring.Rules.Count > 0)
        {
            var drained = await context.Grains.CallAsync(
                EventsKey.Of(key.Tenant).ToString(), static (IEventIntake intake, DrainEvents request) => intake.DrainAsync(request), new DrainEvents());
            if (drained.Status != OutcomeStatus.Ok)
                return drained.Status;
        }

        if (season.Unused)
            return await FinalStandingsWriter.EnsureEmptyAsync(context.Store.Records, SeasonKey.Parse(season.Key!));

        var answer = await context.Grains.CallAsync(
            season.Key!, static (ISeason grain, SealSeason request) => grain.SealAsync(request), new SealSeason());
        return answer.Status;
    }
}
