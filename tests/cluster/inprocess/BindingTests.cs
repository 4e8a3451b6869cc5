using System.Reflection;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.WireFormat;
using Laurel.Silo;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Laurel.Cluster.Tests;

/// <summary>That Orleans knows every grain and every record, so that none is forgotten when one is added.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Every_grain_is_bound_to_exactly_one_of_Orleans()
    {
        var bound = typeof(SiloHost).Assembly.GetTypes()
            .Where(static type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(typeof(IHostedGrain)))
            .Select(static type => Assert.Single(Contract.Interfaces, plain => type.IsAssignableTo(plain)));

        Assert.Equal(Contract.Interfaces, bound.OrderBy(static plain => plain.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_record_crosses_a_process_as_it_is()
    {
        using var services = Services();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var samples = new Samples(new Random(seed));

        foreach (var type in Contract.Messages)
            typeof(BindingTests).GetMethod(nameof(Cross), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [services, samples.Of(type)]);
    }

    [Fact]
    public void Within_a_process_a_record_is_not_copied()
    {
        using var services = Services();
        var batch = new Samples(new Random(1)).Batch(3);
        var page = new ReadPage(0, 10);

        Assert.Same(batch, services.GetRequiredService<DeepCopier<ScoreBatch>>().Copy(batch));
        Assert.Same(page, services.GetRequiredService<DeepCopier<ReadPage>>().Copy(page));
    }

    private static void Cross<T>(IServiceProvider services, T record)
        where T : class
    {
        var serializer = services.GetRequiredService<Serializer<T>>();
        var arrived = serializer.Deserialize(serializer.SerializeToArray(record));

        Assert.NotSame(record, arrived);
        Assert.Equal(Wire.Serialize(record), Wire.Serialize(arrived));
        Assert.Null(serializer.Deserialize(serializer.SerializeToArray(null!)));
    }

    private static ServiceProvider Services()
    {
        ServiceCollection services = new();
        services.AddSerializer(static serializer => serializer.AddRecords());
        return services.BuildServiceProvider();
    }
}
