using System.Collections.Concurrent;
using System.Globalization;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend;

/// <summary>
/// Counts each tenant's requests by calendar month in UTC: an addition in memory per request, and one write per tenant and half second
/// while there is something to write. A process that is killed loses that half second of counts.
/// </summary>
internal sealed partial class RequestCounter(IGrainPort port, TimeProvider clock, ILogger<RequestCounter> log) : BackgroundService
{
    private const int AtOnce = 16;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Guid _gateway = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, TenantRequests> _tenants = new(StringComparer.Ordinal);
    private long _batches;

    /// <summary>Counts one request.</summary>
    public void Count(string tenant) => Of(tenant).Add(MonthOf(clock.GetUtcNow()));

    /// <summary>
    /// The tenant's requests of this month: those counted here, and those of all gateways as they were written a second ago or later. What was
    /// known last while the store does not answer, null when nothing is known.
    /// </summary>
    public async ValueTask<long?> SumAsync(string tenant)
    {
        var month = MonthOf(clock.GetUtcNow());
        var requests = Of(tenant);
        await requests.RefreshAsync(tenant, month, AddAsync);
        return requests.Sum(month);
    }

    /// <summary>The first instant of the month after an instant's, UTC.</summary>
    public static DateTimeOffset NextMonth(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAllAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FlushAllAsync();
        }
        catch (OperationCanceledException)
        {
            // The last counts are written by StopAsync.
        }
    }

    private static int MonthOf(DateTimeOffset now) => now.UtcDateTime.Year * 12 + now.UtcDateTime.Month - 1;

    private static string TextOf(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{month % 12 + 1:00}");

    private TenantRequests Of(string tenant) => _tenants.TryGetValue(tenant, out var known) ? known : _tenants.GetOrAdd(tenant, static (_, clock) => new TenantRequests(clock), clock);

    private async Task FlushAllAsync()
    {
        try
        {
            var month = MonthOf(clock.GetUtcNow());
            foreach (var some in _tenants.Where(static tenant => tenant.Value.HasPending).Chunk(AtOnce))
                await Task.WhenAll(some.Select(tenant => tenant.Value.FlushAsync(tenant.Key, month, AddAsync)));
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    private async Task<long?> AddAsync(string tenant, RequestBatch batch)
    {
        if (batch.Number == 0)
            batch.Number = Interlocked.Increment(ref _batches);
        var outcome = await port.CallAsync<IUsage, AddUsage, UsageOutcome>(
            tenant, static (usage, request) => usage.AddAsync(request), new AddUsage(_gateway, batch.Number, TextOf(batch.Month), batch.Requests));
        return outcome.Status == OutcomeStatus.Ok ? outcome.Requests : null;
    }

    [LoggerMessage(1, LogLevel.Error, "Counted requests could not be written; they are kept and written later")]
    private partial void LogFailed(Exception failure);
}
