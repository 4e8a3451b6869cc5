using System.Globalization;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Ids whose events have left the journal, in the store: a record for each stretch of the journal that was dropped, deleted when all of
/// its ids are a day old.
/// </summary>
/// <remarks>
/// The key has the position where the stretch begins and the epoch of who wrote it, so that an activation that has lost the journal
/// cannot overwrite a newer one's. Two may hold the same ids, which harms nothing.
/// </remarks>
internal sealed class EventIdSegments(IRecordStore records, string intake)
{
    /// <summary>Read at once: some hundred kilobytes each.</summary>
    private const int PageSize = 8;

    private readonly string _prefix = RecordKeys.EventIdsOf(intake);

    /// <summary>Reads all ids that count still.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task LoadAsync(EventIdSet ids, long hour)
    {
        string? after = null;
        while (await records.ListAsync(_prefix, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var (cameAt, id) in page.SelectMany(segment => EventBlob.ReadIds(segment.Data)))
            {
                if (!EventIdSet.IsOld(cameAt, hour))
                    ids.TryAdd(id, cameAt);
            }

            after = page[^1].Key;
        }
    }

    /// <summary>Keeps the ids of a stretch.</summary>
    /// <param name="after">The position before the stretch.</param>
    /// <param name="epoch">Of the writer.</param>
    /// <param name="ids">With the hours they came in.</param>
    public Task<WriteOutcome> KeepAsync(long after, long epoch, IReadOnlyCollection<(long Hour, ulong Id)> ids) => records.CommitAsync(
        [new RecordWrite(string.Create(CultureInfo.InvariantCulture, $"{_prefix}{after:D20}-{epoch}"), null, EventBlob.WriteIds(ids))]);

    /// <summary>Deletes the oldest stretches as far as all of their ids are old.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task ForgetOldAsync(long hour)
    {
        while (await records.ListAsync(_prefix, null, PageSize) is { Count: > 0 } page)
        {
            var old = page.TakeWhile(segment => EventBlob.ReadIds(segment.Data).All(id => EventIdSet.IsOld(id.Hour, hour))).ToList();
            if (old.Count == 0 || await records.CommitAsync([.. old.Select(segment => new RecordWrite(segment.Key, null, null))]) != WriteOutcome.Committed)
                return;
        }
    }
}
