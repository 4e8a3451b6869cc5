using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="IPublicId"/>
public class PublicId(ActivationContext context) : IPublicId, IActivation
{
    private readonly string _recordKey = RecordKeys.PublicId(context.Key);

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<PublicIdOutcome> PutAsync(PutPublicId request) => StoreAsync(request.TenantId).OrUnavailable();

    /// <inheritdoc/>
    public Task<PublicIdOutcome> GetAsync(GetPublicId request) => FindAsync().OrUnavailable();

    private async Task<PublicIdOutcome> StoreAsync(string tenant)
    {
        var outcome = await context.Store.Records.CommitAsync([new RecordWrite(_recordKey, 0, Encoding.UTF8.GetBytes(tenant))]);
        if (outcome == WriteOutcome.Committed)
            return new(OutcomeStatus.Ok, tenant);
        if (outcome != WriteOutcome.Lost)
            return new(OutcomeStatus.Unavailable);
        var known = await FindAsync();
        return known.TenantId == tenant ? known : new(OutcomeStatus.Conflict);
    }

    private async Task<PublicIdOutcome> FindAsync()
    {
        if (await context.Store.Records.GetAsync(_recordKey) is { } stored)
            return new(OutcomeStatus.Ok, Encoding.UTF8.GetString(stored.Data));
        context.RequestDeactivation();
        return new(OutcomeStatus.NotFound);
    }
}
