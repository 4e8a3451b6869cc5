using System.Globalization;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Writes a sealed season's final standings: pages of entries and an index of players, in turns of a millisecond, then the head that makes
/// them the ones to be read. Written anew when the season changes still: when a player is hidden, shown again or erased.
/// </summary>
/// <remarks>
/// The head is a compare-and-set and says which journal position it shows, so an activation that has lost the season cannot put older
/// standings in the place of newer ones unnoticed: whoever finds a head behind the journal writes it again.
/// </remarks>
internal sealed partial class FinalStandingsWriter(ActivationContext context, SeasonState state, SeasonJournal journal, int size)
{
    /// <summary>Entries of a page: some tens of kilobytes.</summary>
    public const int PageSize = 500;

    private const int DeletedAtOnce = 100;
    private const int Tries = 3;

    private readonly ILogger _log = context.Logs.CreateLogger<FinalStandingsWriter>();
    private readonly SeasonKey _season = SeasonKey.Parse(context.Key);
    private Task<OutcomeStatus>? _running;
    private int _generations;

    private IRecordStore Records => context.Store.Records;

    /// <summary>Sees to it that the store has standings of a season that nobody scored in.</summary>
    public static async Task<OutcomeStatus> EnsureEmptyAsync(IRecordStore records, SeasonKey season) =>
        await records.CommitAsync([new(RecordKeys.Final(season), 0, Wire.Serialize(new FinalStandings("", 0, 0)))]) is WriteOutcome.Committed or WriteOutcome.Lost
            ? OutcomeStatus.Ok
            : OutcomeStatus.Unavailable;

    /// <summary>Sees to it that the standings in the store show all that is applied now, and that the store holds no others.</summary>
    public async Task<OutcomeStatus> EnsureAsync()
    {
        // One under way may have begun before the last change.
        var running = _running;
        if (running is not null)
            await running;
        if (ReferenceEquals(_running, running))
            _running = WriteAsync();
        return await _running!;
    }

    /// <summary>Waits for the writing under way.</summary>
    public Task WhenIdleAsync() => _running ?? Task.CompletedTask;

    private async Task<OutcomeStatus> WriteAsync()
    {
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                if (await journal.WhenDurableAsync() != WriteOutcome.Committed)
                    return OutcomeStatus.Unavailable;
                var stored = await Records.GetAsync(RecordKeys.Final(_season));
                var head = stored is null ? null : Wire.Deserialize<FinalStandings>(stored.Data);
                var version = stored?.Version ?? 0;
                if (head is null || head.Sequence < state.Sequence)
                    head = await TryWriteAsync(version++);
                if (head is not null && await DeleteOthersAsync(head, version))
                    return OutcomeStatus.Ok;
            }
        }
        catch (StorageUnavailableException)
        {
            // Answered below: whoever asked asks again.
        }
        catch (Exception e)
        {
            LogFailed(context.Key, e);
        }

        return OutcomeStatus.Unavailable;
    }

    /// <returns>The head; null when the season changed meanwhile, or somebody else wrote, or the store failed.</returns>
    private async Task<FinalStandings?> TryWriteAsync(long version)
    {
        var (sequence, rollBacks) = (state.Sequence, journal.RollBacks);
        var total = new SeasonView(state, size).Total;
        var generation = string.Create(CultureInfo.InvariantCulture, $"{journal.Head.Epoch}-{++_generations}");
        var buckets = FinalPlaces.Buckets(total);
        var places = new List<(ulong Hash, int Rank)>[buckets];
        for (var page = 0; page * PageSize < total; page++)
        {
            if (state.Sequence != sequence || journal.IsLost)
                return null;
            var entries = new SeasonView(state, size).Page(page * PageSize, PageSize, RankStyle.Ordinal);
            foreach (var entry in entries)
            {
                var hash = FinalPlaces.HashOf(entry.UserId);
                (places[FinalPlaces.BucketOf(hash, buckets)] ??= []).Add((hash, entry.Rank));
            }

            var data = Wire.Serialize(new EntryPage(OutcomeStatus.Ok, total, sequence, entries));
            if (!await CommitAsync(new RecordWrite(RecordKeys.FinalPage(_season, generation, page), null, data)))
                return null;
        }

        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var data = FinalPlaces.Write(places[bucket] ?? []);
            if (!await CommitAsync(new RecordWrite(RecordKeys.FinalPlaces(_season, generation, bucket), null, data)))
                return null;
        }

        if (state.Sequence != sequence || journal.RollBacks != rollBacks || journal.IsLost)
            return null;
        var head = new FinalStandings(generation, sequence, total);
        return await CommitAsync(HeadWrite(head, version)) ? head : null;
    }

    /// <summary>
    /// Deletes the pages of other generations: erased players must leave the disk, and what was begun and broke off is of no use. The head
    /// is written with each deletion, so that nobody else's can come to name pages that are deleted here.
    /// </summary>
    private async Task<bool> DeleteOthersAsync(FinalStandings head, long version)
    {
        var kept = $"{RecordKeys.FinalPartsOf(_season)}{head.Generation}/";
        string? after = null;
        while (await Records.ListAsync(RecordKeys.FinalPartsOf(_season), after, DeletedAtOnce) is { Count: > 0 } page)
        {
            RecordWrite[] others = [.. page.Where(part => !part.Key.StartsWith(kept, StringComparison.Ordinal)).Select(part => new RecordWrite(part.Key, null, null))];
            if (others.Length > 0 && await Records.CommitAsync([.. others, HeadWrite(head, version++)]) != WriteOutcome.Committed)
                return false;
            // What lies between is ours: pass over it at once.
            after = others.Length == 0 && page[^1].Key.StartsWith(kept, StringComparison.Ordinal) ? $"{kept}~" : page[^1].Key;
        }

        return true;
    }

    private RecordWrite HeadWrite(FinalStandings head, long version) => new(RecordKeys.Final(_season), version, Wire.Serialize(head));

    private async Task<bool> CommitAsync(RecordWrite write) => await Records.CommitAsync([write]) == WriteOutcome.Committed;

    [LoggerMessage(LogLevel.Error, "Season {Season}: writing the final standings failed; it is tried again")]
    private partial void LogFailed(string season, Exception exception);
}
