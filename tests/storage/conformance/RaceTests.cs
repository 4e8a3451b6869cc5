using System.Collections.Concurrent;
using Laurel.Tests.Support;

namespace Laurel.Storage.Tests;

/// <summary>Several owners of one journal at once, on several stores where the database allows it.</summary>
public abstract class RaceTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task Of_many_owners_exactly_one_history_comes_and_it_holds_all_that_was_acknowledged()
    {
        var (acknowledged, doubtful, history) = await RaceAsync(owners: 4, steps: 150, faultRate: 0);

        Assert.Empty(doubtful);
        Assert.NotEmpty(acknowledged);
        Assert.Equal(acknowledged.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value)), history);
    }

    [Fact]
    public async Task With_failures_and_unknown_outcomes_history_holds_all_that_was_acknowledged_and_nothing_that_failed()
    {
        var (acknowledged, doubtful, history) = await RaceAsync(owners: 3, steps: 200, faultRate: 0.1);

        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Select(entry => (entry.Key, entry.Value)).Except(history));
        Assert.Empty(history.Except(acknowledged.Select(entry => (entry.Key, entry.Value))).Except(doubtful));
        Assert.Equal(history.Select(entry => entry.Sequence).Distinct().Order(), history.Select(entry => entry.Sequence));
    }

    private async Task<(ConcurrentDictionary<long, string> Acknowledged, ConcurrentBag<(long, string)> Doubtful,
        List<(long Sequence, string Blob)> History)> RaceAsync(int owners, int steps, double faultRate)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var rival = await Database.OpenRivalAsync(Store, Clock);
        ConcurrentDictionary<long, string> acknowledged = [];
        ConcurrentBag<(long, string)> doubtful = [];
        await Task.WhenAll(Enumerable.Range(0, owners).Select(i => Task.Run(() =>
        {
            var store = new FaultyStore(i % 2 == 0 ? Store : rival) { Plan = Faults.Seeded(seed + i, faultRate) };
            return new RaceOwner(store, Name("fought-over"), $"owner{i}", new Random(seed - i), acknowledged, doubtful).RunAsync(steps);
        })));
        if (rival != Store)
        {
            await rival.DisposeAsync();
        }

        var last = new RaceOwner(Store, Name("fought-over"), "last", new Random(seed), acknowledged, doubtful);
        return (acknowledged, doubtful, await last.LoadAsync());
    }
}
