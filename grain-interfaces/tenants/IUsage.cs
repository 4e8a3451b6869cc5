namespace Laurel.GrainInterfaces;

/// <summary>How many requests a tenant has made, by calendar month in UTC. Key: the tenant's id.</summary>
public interface IUsage : IGrain
{
    /// <summary>
    /// Adds what a gateway has counted, durably before it answers, and says the month's sum. A batch that was added before adds nothing;
    /// one of no requests only asks.
    /// </summary>
    Task<UsageOutcome> AddAsync(AddUsage request);
}

/// <summary>What a gateway has counted since its batch before.</summary>
/// <param name="Gateway">Which.</param>
/// <param name="Batch">Counts the gateway's batches from 1, across months.</param>
/// <param name="Month">The month of the requests, <c>2025-11</c>.</param>
/// <param name="Requests">How many, ≥ 0.</param>
public sealed record AddUsage(Guid Gateway, long Batch, string Month, long Requests);

/// <summary>A month's sum.</summary>
/// <param name="Requests">Over all gateways.</param>
public sealed record UsageOutcome(OutcomeStatus Status, long Requests = 0) : IOutcome<UsageOutcome>
{
    /// <inheritdoc/>
    public static UsageOutcome Failed(OutcomeStatus status) => new(status);
}

/// <summary>What is stored of a tenant's month.</summary>
/// <param name="Requests">The sum.</param>
/// <param name="Gateways">The gateways that added last, newest first, with their last batches.</param>
public sealed record UsageRecord(long Requests, IReadOnlyList<UsageBatch> Gateways);

/// <summary>The last batch that a gateway has added.</summary>
public sealed record UsageBatch(Guid Gateway, long Batch);
