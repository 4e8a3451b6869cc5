using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// One API key. Keeps nothing in memory: gateways cache what they verified, and what they ask for here must be true now, also of an
/// activation that has been replaced without knowing it. Every call reads the store once.
/// </summary>
/// <remarks>
/// A revoked key leaves a mark in place of its record, so that a creation delivered late cannot bring it back.
/// </remarks>
public class ApiKey(ActivationContext context) : IApiKey, IActivation
{
    /// <summary>What is stored of a revoked key; no record starts like it.</summary>
    private static readonly byte[] Revoked = [0];

    private readonly string _recordKey = RecordKeys.ApiKey(context.Key);

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ApiKeyOutcome> CreateAsync(CreateApiKey request) => StoreAsync(request.Record).OrUnavailable();

    /// <inheritdoc/>
    public Task<ApiKeyOutcome> GetAsync(GetApiKey request) => FindAsync().OrUnavailable();

    /// <inheritdoc/>
    public Task<ApiKeyOutcome> RevokeAsync(RevokeApiKey request) => RevokeAsync(request.TenantId).OrUnavailable();

    private async Task<ApiKeyOutcome> StoreAsync(ApiKeyRecord record)
    {
        if (record.KeyId != context.Key)
            return new(OutcomeStatus.Invalid);

        var data = Wire.Serialize(record);
        List<RecordWrite> writes = [new(_recordKey, 0, data)];
        if (record.TenantId is { } tenant)
            writes.Add(new(RecordKeys.ApiKeyOf(tenant, record.KeyId), null, []));

        switch (await context.Store.Records.CommitAsync(writes))
        {
            case WriteOutcome.Committed:
                return new(OutcomeStatus.Ok, record);
            case WriteOutcome.Lost:
                // The hash of a secret just made is in it: the same bytes are the same request, delivered again.
                var stored = await context.Store.Records.GetAsync(_recordKey);
                return stored is not null && stored.Data.AsSpan().SequenceEqual(data) ? new(OutcomeStatus.Ok, record) : new(OutcomeStatus.Conflict);
            default:
                return new(OutcomeStatus.Unavailable);
        }
    }

    private async Task<ApiKeyOutcome> FindAsync() =>
        await ReadAsync() is var (record, _) ? new(OutcomeStatus.Ok, record) : NotFound();

    private async Task<ApiKeyOutcome> RevokeAsync(string? tenant)
    {
        if (await ReadAsync() is not var (record, version) || record.TenantId != tenant)
            return NotFound();

        List<RecordWrite> writes = [new(_recordKey, version, Revoked), new(RecordKeys.KeysVersion, null, [])];
        if (tenant is not null)
            writes.Add(new(RecordKeys.ApiKeyOf(tenant, record.KeyId), null, null));

        return await context.Store.Records.CommitAsync(writes) switch
        {
            WriteOutcome.Committed => new(OutcomeStatus.Ok, record),
            // A record is written once and revoked once: another revocation was faster.
            WriteOutcome.Lost => NotFound(),
            _ => new(OutcomeStatus.Unavailable),
        };
    }

    private async Task<(ApiKeyRecord Record, long Version)?> ReadAsync()
    {
        var stored = await context.Store.Records.GetAsync(_recordKey);
        return stored is null || stored.Data.AsSpan().SequenceEqual(Revoked) ? null : (Wire.Deserialize<ApiKeyRecord>(stored.Data), stored.Version);
    }

    /// <summary>Ids that mean nothing come in any number, from whoever guesses keys: their activations must not pile up.</summary>
    private ApiKeyOutcome NotFound()
    {
        context.RequestDeactivation();
        return new(OutcomeStatus.NotFound);
    }
}
