using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>
/// Rate limits by the letter: each lent permit counts from its lending until a window after it was used at the latest, unused ones that
/// come back do not count at all.
/// </summary>
internal sealed class FakeLimits(TimeProvider clock)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Limit> _limits = new();

    /// <summary>The largest block that was lent, over all keys.</summary>
    public int LargestBlock { get; private set; }

    public IRateLimit Grain(string id) => _limits.GetOrAdd(id, static (_, self) => new Limit(self), this);

    private sealed class Limit(FakeLimits limits) : IRateLimit
    {
        private readonly List<Loan> _loans = [];
        private long _lastLease;

        public Task<PermitLease> LeaseAsync(LeasePermits request)
        {
            lock (_loans)
            {
                var now = limits.Clock.GetUtcNow();
                var window = TimeSpan.FromSeconds(request.Terms.Seconds);
                if (_loans.Find(loan => loan.Id == request.ReturnedLease) is { IsReturned: false } returned)
                {
                    returned.IsReturned = true;
                    returned.Permits -= request.Unused;
                    returned.UsedUntil = now < returned.UsedUntil ? now : returned.UsedUntil;
                }

                if (request.Wanted == 0)
                    return Task.FromResult(new PermitLease(OutcomeStatus.Ok));
                _loans.RemoveAll(loan => loan.Permits == 0 || loan.UsedUntil + window <= now);
                var left = request.Terms.Requests - _loans.Sum(static loan => loan.Permits);
                if (left <= 0)
                    return Task.FromResult(new PermitLease(OutcomeStatus.Ok, RetryAfter: _loans.Min(static loan => loan.UsedUntil) + window - now));

                var granted = Math.Min(request.Wanted, left);
                limits.LargestBlock = Math.Max(limits.LargestBlock, granted);
                _loans.Add(new Loan { Id = ++_lastLease, Permits = granted, UsedUntil = now + LeaseTime });
                return Task.FromResult(new PermitLease(OutcomeStatus.Ok, granted, _lastLease, LeaseTime));
            }
        }
    }

    private TimeProvider Clock { get; } = clock;

    private sealed class Loan
    {
        public required long Id { get; init; }

        public required int Permits { get; set; }

        public bool IsReturned { get; set; }

        public required DateTimeOffset UsedUntil { get; set; }
    }
}
