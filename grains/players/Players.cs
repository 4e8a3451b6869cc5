using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// One part of a tenant's players register. Memory holds no player: every call reads the records it needs and writes by
/// compare-and-set, so that two activations of one part cannot mislead each other.
/// </summary>
/// <remarks>
/// <para>
/// Records: the player, a standing for each season that asked about them, and a note in the outbox for each change that seasons have
/// to hear of, written with the change. After the commit the standings are listed and the seasons told; when all have taken it over the
/// note is deleted. Activation and <see cref="PlayerOutboxSweep"/> take up notes that were left. A part that asks a season is called by
/// that season in turn, which is harmless: nothing is held meanwhile.
/// </para>
/// <para>
/// Somebody erased is registered anew only after every season has let them go; until then a put of theirs is answered Unavailable.
/// </para>
/// </remarks>
public class Players : IPlayers, IActivation
{
    /// <summary>The most players a put takes.</summary>
    public const int MostPut = 1000;

    private const int Attempts = 8;

    private readonly ActivationContext _context;
    private readonly PlayersKey _part;
    private readonly PlayerOutbox _outbox;

    /// <summary>The part that the context's key names.</summary>
    public Players(ActivationContext context)
    {
        _context = context;
        _part = PlayersKey.Parse(context.Key);
        _outbox = new(context, _part);
    }

    private IRecordStore Records => _context.Store.Records;

    /// <inheritdoc/>
    public Task LoadAsync()
    {
        _outbox.Drain();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task UnloadAsync()
    {
        _outbox.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PlayersOutcome> PutAsync(PutPlayers request) =>
        request.Players.Count is > 0 and <= MostPut && AreHere(request.Players.Select(put => put.UserId))
            ? StoreAsync(request.Players).OrUnavailable()
            : Task.FromResult(PlayersOutcome.Failed(OutcomeStatus.Invalid));

    /// <inheritdoc/>
    public Task<PlayersOutcome> GetAsync(GetPlayer request) => FindAsync(request.UserId).OrUnavailable();

    /// <inheritdoc/>
    public Task<PlayersOutcome> EraseAsync(ErasePlayer request) => RemoveAsync(request.UserId).OrUnavailable();

    /// <inheritdoc/>
    public Task<SubjectFactsOutcome> ResolveAsync(ResolveSubjects request) =>
        AreHere(request.UserIds)
            ? AnswerAsync(request).OrUnavailable()
            : Task.FromResult(SubjectFactsOutcome.Failed(OutcomeStatus.Invalid));

    private bool AreHere(IEnumerable<string> userIds) =>
        userIds.All(userId => UserId.IsValid(userId) && PlayersKey.Of(_part.Tenant, userId) == _part);

    private async Task<SubjectFactsOutcome> AnswerAsync(ResolveSubjects request)
    {
        SubjectResolution resolution = new(Records, _part, request);
        var answer = await resolution.RunAsync();
        if (resolution.HasLeftNotes)
            _outbox.Drain();
        return answer;
    }

    private async Task<PlayersOutcome> StoreAsync(IReadOnlyList<PlayerPut> puts)
    {
        string[] userIds = [.. puts.Select(put => put.UserId).Distinct()];
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var change = await PrepareAsync(userIds, puts);
            if (!await ForgetFirstAsync(change.Returning))
                return new(OutcomeStatus.Unavailable);

            switch (change.Writes.Count == 0 ? WriteOutcome.Committed : await Records.CommitAsync(change.Writes))
            {
                case WriteOutcome.Committed:
                    await _outbox.SendAsync(change.Markers);
                    return new(OutcomeStatus.Ok, [.. puts.Select(put => change.Players[put.UserId])]);
                case WriteOutcome.Lost:
                    continue;
                default:
                    // It may have been written after all, with its notes.
                    _outbox.Drain();
                    return new(OutcomeStatus.Unavailable);
            }
        }

        return new(OutcomeStatus.Unavailable);
    }

    /// <summary>Reads the players' records and works out what a put changes.</summary>
    private async Task<PlayersChange> PrepareAsync(string[] userIds, IReadOnlyList<PlayerPut> puts)
    {
        var stored = await Records.GetManyAsync([.. userIds.Select(KeyOf)]);
        PlayersChange change = new(_part, Timestamps.ToDateTimeOffset(Timestamps.Now(_context.Clock)));
        foreach (var (userId, record) in userIds.Zip(stored))
            change.Begin(userId, StoredPlayer.Read(userId, record));
        foreach (var put in puts)
            change.Apply(put);
        change.End();
        return change;
    }

    /// <summary>Lets seasons finish erasures of players about to be registered anew.</summary>
    /// <returns>False when some have not.</returns>
    private async Task<bool> ForgetFirstAsync(IReadOnlyList<PlayerMarker> returning)
    {
        if (returning.Count == 0)
            return true;
        var notes = await Records.GetManyAsync([.. returning.Select(marker => marker.KeyIn(_part))]);
        PlayerMarker[] left = [.. returning.Zip(notes).Where(pair => pair.Second is not null).Select(pair => pair.First)];
        return await _outbox.SendAsync(left);
    }

    private async Task<PlayersOutcome> FindAsync(string userId)
    {
        if (!AreHere([userId]))
            return new(OutcomeStatus.NotFound);
        var player = StoredPlayer.Read(userId, await Records.GetAsync(KeyOf(userId))).Player;
        return player is null ? new(OutcomeStatus.NotFound) : new(OutcomeStatus.Ok, [player]);
    }

    private async Task<PlayersOutcome> RemoveAsync(string userId)
    {
        if (!AreHere([userId]))
            return new(OutcomeStatus.NotFound);

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var player = StoredPlayer.Read(userId, await Records.GetAsync(KeyOf(userId)));
            if (!player.Exists || (player.Player is null && !await IsKnownElsewhereAsync(new(userId, player.Version))))
                return new(OutcomeStatus.NotFound);

            PlayerMarker erased = new(userId, player.Version + 1);
            switch (await Records.CommitAsync([new(KeyOf(userId), player.Version, StoredPlayer.Nobody), erased.AddTo(_part)]))
            {
                case WriteOutcome.Committed:
                    await _outbox.SendAsync([erased]);
                    return new(OutcomeStatus.Ok, player.Player is { } removed ? [removed] : []);
                case WriteOutcome.Lost:
                    continue;
                default:
                    _outbox.Drain();
                    return new(OutcomeStatus.Unavailable);
            }
        }

        return new(OutcomeStatus.Unavailable);
    }

    /// <summary>Whether somebody not registered stands in a season, or is about to be taken out of one.</summary>
    private async Task<bool> IsKnownElsewhereAsync(PlayerMarker erased) =>
        await Records.GetAsync(erased.KeyIn(_part)) is not null
        || await Records.ListAsync(RecordKeys.StandingsOf(_part.Tenant, erased.UserId), null, 1) is { Count: > 0 };

    private string KeyOf(string userId) => RecordKeys.Player(_part.Tenant, userId);
}
