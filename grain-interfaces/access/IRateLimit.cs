namespace Laurel.GrainInterfaces;

/// <summary>The permits of one API key. Key: the key's id.</summary>
public interface IRateLimit : IGrain
{
    /// <summary>
    /// Takes back what a gateway did not use and lends it a block of permits, smaller the nearer the limit is. Nobody is refused while
    /// another gateway holds permits: the answer waits until their leases have ended.
    /// </summary>
    Task<PermitLease> LeaseAsync(LeasePermits request);
}

/// <summary>Asks for permits.</summary>
/// <param name="Gateway">Who asks.</param>
/// <param name="Wanted">How many would be welcome; 0 only gives back.</param>
/// <param name="Terms">The key's limit.</param>
/// <param name="ReturnedLease">The last lease the gateway got, which ends with this or has ended before; 0 for none.</param>
/// <param name="Unused">How many permits of that lease were not used.</param>
public sealed record LeasePermits(Guid Gateway, int Wanted, RateLimitTerms Terms, long ReturnedLease, int Unused);

/// <summary>Permits lent, or the refusal.</summary>
/// <param name="Granted">0 when the limit is reached.</param>
/// <param name="Lease">To be named when it is given back.</param>
/// <param name="GoodFor">How long, from the moment of asking, the permits may be used.</param>
/// <param name="RetryAfter">When nothing was granted: after this there is a permit again.</param>
/// <param name="Remaining">Permits left in the window, this block not counted.</param>
/// <param name="Reset">When the window will be free again, if nothing more is asked.</param>
public sealed record PermitLease(
    OutcomeStatus Status, int Granted = 0, long Lease = 0, TimeSpan GoodFor = default, TimeSpan RetryAfter = default, int Remaining = 0, DateTimeOffset Reset = default)
    : IOutcome<PermitLease>
{
    /// <inheritdoc/>
    public static PermitLease Failed(OutcomeStatus status) => new(status);
}
