using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Answers a season about subjects it does not know yet, and keeps that they stand there.
/// </summary>
/// <remarks>
/// The standing is written first and the player's record read after it, while a change of a player is written first and the standings
/// are listed after it. So of a change and a question at the same time at least one sees the other, in whichever activations they
/// run: the season hears of the change, in the answer or through the outbox, or both.
/// </remarks>
internal sealed class SubjectResolution(IRecordStore records, PlayersKey part, ResolveSubjects request)
{
    private const int Most = 1000;
    private const int Attempts = 8;

    private readonly Dictionary<string, long> _told = [];
    private readonly Dictionary<string, SubjectFacts> _facts = [];

    /// <summary>Whether the outbox has got something to deliver.</summary>
    public bool HasLeftNotes { get; private set; }

    /// <summary>Costs, per thousand subjects, two reads of their records and one commit; one read where nothing is to be kept.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<SubjectFactsOutcome> RunAsync()
    {
        foreach (var some in request.UserIds.Distinct().Chunk(Most))
        {
            if (!await ResolveAsync(some))
                return new(OutcomeStatus.Unavailable);
        }

        return new(OutcomeStatus.Ok, [.. request.UserIds.Select(userId => _facts[userId])]);
    }

    private async Task<bool> ResolveAsync(IReadOnlyList<string> userIds)
    {
        var open = userIds;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var stored = await records.GetManyAsync([.. open.Select(userId => RecordKeys.Player(part.Tenant, userId))]);
            List<RecordWrite> writes = [];
            Dictionary<string, long> telling = [];
            foreach (var (userId, record) in open.Zip(stored))
                Resolve(userId, StoredPlayer.Read(userId, record), writes, telling);

            if (writes.Count == 0)
                return true;
            var outcome = await records.CommitAsync(writes);
            if (outcome is not (WriteOutcome.Committed or WriteOutcome.Lost))
                return false;
            if (outcome == WriteOutcome.Committed)
            {
                foreach (var (userId, version) in telling)
                    _told[userId] = version;
                open = [.. telling.Keys];
                if (open.Count == 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Takes a subject's facts when its standing says the same already, else adds what is to be written before they are read again.</summary>
    private void Resolve(string userId, StoredPlayer player, List<RecordWrite> writes, Dictionary<string, long> telling)
    {
        var season = player.Player is not null || !request.Strict ? request.Season : null;
        if (season is null || (_told.TryGetValue(userId, out var told) && told == player.Version))
        {
            _facts[userId] = player.FactsOf(userId);
            // Erased between the two readings: the delivery of the erasure, which may have missed the standing, must forget it.
            if (season is null && _told.Remove(userId))
            {
                writes.Add(new PlayerMarker(userId, player.Version).AddTo(part));
                HasLeftNotes = true;
            }

            return;
        }

        var version = player.Version;
        if (!player.Exists)
        {
            // Whoever stands somewhere has a record, so that a new registration without one need not look for standings.
            version = 1;
            writes.Add(new(RecordKeys.Player(part.Tenant, userId), 0, StoredPlayer.Nobody));
        }

        writes.Add(Standing.Keep(part.Tenant, userId, season, version));
        telling[userId] = version;
    }
}
