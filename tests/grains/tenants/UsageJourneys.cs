using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Tenants;

/// <summary>Counting requests, from several gateways, whatever happens on the way.</summary>
public sealed class UsageJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task Every_batch_is_counted_once_across_repeats_losses_and_crashes(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var random = new Random(seed);
        var counted = 0L;

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            var gateway = Guid.NewGuid();
            for (var batch = 1; batch <= 12; batch++)
            {
                long requests;
                lock (random)
                    counted += requests = random.Next(1, 50);
                await UntilAddedAsync(cluster, new AddUsage(gateway, batch, "2026-03", requests));
            }
        }));
        await cluster.CrashAsync();

        Assert.Equal(counted, await UntilAddedAsync(cluster, new AddUsage(Guid.NewGuid(), 1, "2026-03", 0)));
        Assert.Equal(0, await UntilAddedAsync(cluster, new AddUsage(Guid.NewGuid(), 1, "2026-04", 0)));
    }

    private static async Task<long> UntilAddedAsync(GrainCluster cluster, AddUsage request)
    {
        UsageOutcome outcome = null!;
        await GrainCluster.UntilAsync(async () =>
        {
            outcome = await cluster.Grains.CallAsync("acme", static (IUsage usage, AddUsage add) => usage.AddAsync(add), request);
            return outcome.Status == OutcomeStatus.Ok;
        });
        return outcome.Requests;
    }
}
