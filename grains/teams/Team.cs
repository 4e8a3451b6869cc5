using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// One team. Its record is read from the store for each call. The players register carries its name to its boards, and its deletion: so
/// the register is told after a change of the record, and before a deletion of it, and a call that broke off in between is completed by
/// the next one like it.
/// </summary>
public class Team(ActivationContext context) : ITeam, IActivation
{
    private const int Attempts = 4;

    private readonly string _recordKey = RecordKeys.Team(context.Key);

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TeamOutcome> CreateAsync(CreateTeam request) => StoreAsync(request.Record).OrUnavailable();

    /// <inheritdoc/>
    public Task<TeamOutcome> GetAsync(GetTeam request) => FindAsync().OrUnavailable();

    /// <inheritdoc/>
    public Task<TeamOutcome> RenameAsync(RenameTeam request) => ChangeAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<TeamOutcome> DeleteAsync(DeleteTeam request) => RemoveAsync(request.TenantId).OrUnavailable();

    private async Task<TeamOutcome> StoreAsync(TeamRecord record)
    {
        if (record.TeamId != context.Key || !Slug.IsValid(record.TeamId))
            return new(OutcomeStatus.Invalid);

        var data = Wire.Serialize(record);
        var outcome = await context.Store.Records.CommitAsync(
            [new RecordWrite(_recordKey, 0, data), new RecordWrite(RecordKeys.TeamOf(record.TenantId, record.TeamId), null, [])]);
        if (outcome == WriteOutcome.Lost)
        {
            var stored = await context.Store.Records.GetAsync(_recordKey);
            if (stored is null || !stored.Data.AsSpan().SequenceEqual(data))
                return new(OutcomeStatus.Conflict);
        }
        else if (outcome != WriteOutcome.Committed)
        {
            return new(OutcomeStatus.Unavailable);
        }

        return await RegisterAsync(record);
    }

    private async Task<TeamOutcome> FindAsync() => await ReadAsync() is var (record, _) ? new(OutcomeStatus.Ok, record) : NotFound();

    private async Task<TeamOutcome> ChangeAsync(RenameTeam request)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await ReadAsync() is not var (record, version) || record.TenantId != request.TenantId)
                return NotFound();
            var changed = record with { Name = request.Name, UpdatedAt = context.Clock.GetUtcNow() };
            var outcome = await context.Store.Records.CommitAsync([new RecordWrite(_recordKey, version, Wire.Serialize(changed))]);
            if (outcome == WriteOutcome.Committed)
                return await RegisterAsync(changed);
            if (outcome != WriteOutcome.Lost)
                break;
        }

        return new(OutcomeStatus.Unavailable);
    }

    private async Task<TeamOutcome> RemoveAsync(string tenant)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await ReadAsync() is not var (record, version) || record.TenantId != tenant)
                return NotFound();
            if (!await EraseAsync(tenant))
                break;
            var outcome = await context.Store.Records.CommitAsync(
                [new RecordWrite(_recordKey, version, null), new RecordWrite(RecordKeys.TeamOf(tenant, context.Key), null, null)]);
            if (outcome == WriteOutcome.Committed)
            {
                // A rename may have told the register in between, while the team was still there.
                await EraseAsync(tenant);
                return new(OutcomeStatus.Ok, record);
            }

            if (outcome != WriteOutcome.Lost)
                break;
        }

        return new(OutcomeStatus.Unavailable);
    }

    private async Task<TeamOutcome> RegisterAsync(TeamRecord record)
    {
        var put = await context.Grains.CallAsync(
            PlayersKey.Of(record.TenantId, record.TeamId).ToString(),
            static (IPlayers players, PutPlayers request) => players.PutAsync(request),
            new PutPlayers([new PlayerPut(record.TeamId, record.Name, null, null)]));
        if (put.Status != OutcomeStatus.Ok)
            return new(OutcomeStatus.Unavailable);
        if (await ReadAsync() is not null)
            return new(OutcomeStatus.Ok, record);

        // It was deleted meanwhile, and the register may have been told of that first.
        return await EraseAsync(record.TenantId) ? NotFound() : new(OutcomeStatus.Unavailable);
    }

    private async Task<bool> EraseAsync(string tenant)
    {
        var erased = await context.Grains.CallAsync(
            PlayersKey.Of(tenant, context.Key).ToString(),
            static (IPlayers players, ErasePlayer request) => players.EraseAsync(request),
            new ErasePlayer(context.Key));
        return erased.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound;
    }

    private async Task<(TeamRecord Record, long Version)?> ReadAsync() =>
        await context.Store.Records.GetAsync(_recordKey) is { } stored ? (Wire.Deserialize<TeamRecord>(stored.Data), stored.Version) : null;

    /// <summary>Ids that mean nothing come in any number: their activations must not pile up.</summary>
    private TeamOutcome NotFound()
    {
        context.RequestDeactivation();
        return new(OutcomeStatus.NotFound);
    }
}
