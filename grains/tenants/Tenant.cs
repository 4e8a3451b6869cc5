using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// One tenant. Its record is read from the store for each call; gateways cache what they need often. Memory holds only a deletion
/// under way.
/// </summary>
public class Tenant(ActivationContext context) : ITenant, IActivation
{
    private const int LongestName = 200;
    private const int Attempts = 4;

    private static readonly string[] Plans = ["free", "indie", "pro", "enterprise"];

    private readonly string _recordKey = RecordKeys.Tenant(context.Key);

    private readonly TenantSecrets _secrets = new(context);

    private Task<TenantOutcome>? _deletion;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TenantOutcome> CreateAsync(CreateTenant request) => StoreAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<TenantOutcome> GetAsync(GetTenant request) => FindAsync().OrUnavailable();

    /// <inheritdoc/>
    public Task<TenantOutcome> UpdateAsync(UpdateTenant request) => ChangeAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public async Task<TenantOutcome> DeleteAsync(DeleteTenant request)
    {
        // It may outlive the caller's patience: a repeated call waits for the same deletion.
        var deletion = _deletion ??= RemoveAsync().OrUnavailable();
        try
        {
            return await deletion;
        }
        finally
        {
            if (_deletion == deletion)
                _deletion = null;
        }
    }

    /// <inheritdoc/>
    public Task<TenantSecretOutcome> SetSecretAsync(SetTenantSecret request) => SetAsync(request).OrUnavailable();

    /// <inheritdoc/>
    public Task<TenantSecretOutcome> GetSecretAsync(GetTenantSecret request) => _secrets.GetAsync().OrUnavailable();

    /// <inheritdoc/>
    public Task<Acknowledgement> UseSignatureAsync(UseSignature request) => _secrets.UseAsync(request).OrUnavailable();

    private async Task<TenantSecretOutcome> SetAsync(SetTenantSecret request)
    {
        var known = await FindAsync();
        return known.Status == OutcomeStatus.Ok ? await _secrets.SetAsync(request.Secret) : new(known.Status);
    }

    private async Task<TenantOutcome> StoreAsync(CreateTenant request)
    {
        var mistakes = MistakesOf(request.Name, request.Plan);
        if (!Slug.IsValid(context.Key))
            mistakes.Insert(0, new("tenant_id", $"tenant_id must be 1 to {Slug.MaxLength} alphanumeric characters, hyphens, and underscores"));
        if (mistakes.Count > 0)
            return new(OutcomeStatus.Invalid, null, mistakes);
        if (_deletion is not null || await ReadAsync() is not null)
            return new(OutcomeStatus.Conflict);
        if (await new TenantBelongings(context, context.Key).AreKeptAsync())
            return new(OutcomeStatus.Conflict, null, [new("tenant_id", $"A deleted tenant had the id '{context.Key}', and its players and final standings are kept; choose another id")]);

        var now = context.Clock.GetUtcNow();
        TenantRecord record = new(context.Key, request.Name ?? context.Key, request.Plan ?? "enterprise", now, now);
        return Answer(await CommitAsync(0, Wire.Serialize(record)), record);
    }

    private async Task<TenantOutcome> FindAsync()
    {
        if (_deletion is null && await ReadAsync() is var (record, _))
            return new(OutcomeStatus.Ok, record);
        return NotFound();
    }

    private async Task<TenantOutcome> ChangeAsync(UpdateTenant request)
    {
        if (MistakesOf(request.Name, request.Plan) is { Count: > 0 } mistakes)
            return new(OutcomeStatus.Invalid, null, mistakes);

        for (var attempt = 1; ; attempt++)
        {
            if (_deletion is not null || await ReadAsync() is not var (record, version))
                return NotFound();

            var changed = record with { Name = request.Name ?? record.Name, Plan = request.Plan ?? record.Plan };
            if (changed == record)
                return new(OutcomeStatus.Ok, record);

            changed = changed with { UpdatedAt = context.Clock.GetUtcNow() };
            var outcome = await CommitAsync(version, Wire.Serialize(changed));
            if (outcome != WriteOutcome.Lost || attempt == Attempts)
                return Answer(outcome, changed);
        }
    }

    /// <summary>
    /// The record goes last: until then the tenant is there, and a deletion that broke off is completed by asking again. While it goes
    /// on the tenant is not found, so that nobody makes a key or a board in it.
    /// </summary>
    private async Task<TenantOutcome> RemoveAsync()
    {
        if (await ReadAsync() is not var (record, version))
            return NotFound();

        TenantBelongings belongings = new(context, record.TenantId);
        if (!await belongings.RemoveAsync())
            return new(OutcomeStatus.Unavailable);

        for (var attempt = 1; ; attempt++)
        {
            var outcome = await context.Store.Records.CommitAsync(
                [new(_recordKey, version, null), new(RecordKeys.TenantSecret(context.Key), null, null)]);
            if (outcome != WriteOutcome.Lost || attempt == Attempts)
                return Answer(outcome, record);
            if (await ReadAsync() is not var (newer, newerVersion))
                return new(OutcomeStatus.Ok, record);
            (record, version) = (newer, newerVersion);
        }
    }

    private static List<Mistake> MistakesOf(string? name, string? plan)
    {
        List<Mistake> mistakes = [];
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)))
            mistakes.Add(new("name", $"name must be 1 to {LongestName} characters without control characters"));
        if (plan is not null && !Plans.Contains(plan))
            mistakes.Add(new("plan", $"plan must be one of {string.Join(", ", Plans)}"));
        return mistakes;
    }

    private Task<WriteOutcome> CommitAsync(long version, byte[] data) =>
        context.Store.Records.CommitAsync([new(_recordKey, version, data)]);

    private static TenantOutcome Answer(WriteOutcome outcome, TenantRecord record) => outcome switch
    {
        WriteOutcome.Committed => new(OutcomeStatus.Ok, record),
        WriteOutcome.Lost => new(OutcomeStatus.Conflict),
        _ => new(OutcomeStatus.Unavailable),
    };

    private async Task<(TenantRecord Record, long Version)?> ReadAsync() =>
        await context.Store.Records.GetAsync(_recordKey) is { } stored ? (Wire.Deserialize<TenantRecord>(stored.Data), stored.Version) : null;

    private TenantOutcome NotFound()
    {
        if (_deletion is null)
            context.RequestDeactivation();
        return new(OutcomeStatus.NotFound);
    }
}
