using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// A tenant's requests by month. Keeps nothing in memory: a gateway adds at most twice a second, and each addition is one read and one
/// compare-and-set, in which its batch's number keeps a repeated one from counting twice.
/// </summary>
public class Usage(ActivationContext context) : IUsage, IActivation
{
    /// <summary>So many gateways are remembered for a month; one that has been silent while as many others added is new again.</summary>
    private const int MostGateways = 64;

    private const int Attempts = 16;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<UsageOutcome> AddAsync(AddUsage request) => StoreAsync(request).OrUnavailable();

    private async Task<UsageOutcome> StoreAsync(AddUsage request)
    {
        if (request.Requests < 0 || !Slug.IsValid(request.Month))
            return new(OutcomeStatus.Invalid);

        var key = RecordKeys.Usage(context.Key, request.Month);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var stored = await context.Store.Records.GetAsync(key);
            var record = stored is null ? new UsageRecord(0, []) : Wire.Deserialize<UsageRecord>(stored.Data);
            var isRepeat = record.Gateways.Any(known => known.Gateway == request.Gateway && known.Batch >= request.Batch);
            if (request.Requests == 0 || isRepeat)
                return new(OutcomeStatus.Ok, record.Requests);

            var changed = new UsageRecord(
                record.Requests + request.Requests,
                [new UsageBatch(request.Gateway, request.Batch), .. record.Gateways.Where(known => known.Gateway != request.Gateway).Take(MostGateways - 1)]);
            var outcome = await context.Store.Records.CommitAsync([new RecordWrite(key, stored?.Version ?? 0, Wire.Serialize(changed))]);
            if (outcome == WriteOutcome.Committed)
                return new(OutcomeStatus.Ok, changed.Requests);
            if (outcome != WriteOutcome.Lost)
                return new(OutcomeStatus.Unavailable);
        }

        return new(OutcomeStatus.Unavailable);
    }
}
