using Laurel.ApiFrontend;
using Laurel.Silo;
using Laurel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.Cluster.Tests;

/// <summary>What operators are told of the cluster's nodes.</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task A_gateway_lists_itself_and_every_silo_also_one_that_has_left()
    {
        await using var cluster = await TestSilos.StartAsync(2);
        var nodes = Nodes(cluster.GatewayServices, NodeOptions.Gateway);

        var all = (await nodes.ListAsync())!;
        Assert.Equal(3, all.Count);
        Assert.Equal((NodeOptions.Gateway, true), (all[0].Role, all[0].IsThis));
        Assert.All(all, static node => Assert.Equal(NodeStatus.Active, node.State));
        Assert.All(all.Skip(1), static node => Assert.True(node is { IsThis: false, Address: not null, Grains: > 0 }, node.ToString()));

        var leaving = cluster.Silos[1];
        var name = leaving.Name;
        await cluster.StopAsync(leaving);
        await Eventually.TrueAsync(async () => (await nodes.ListAsync())?.SingleOrDefault(node => node.Name == name)?.State == "dead", "the silo that has left is shown as such");
    }

    [Fact]
    public async Task A_silo_knows_which_one_it_is()
    {
        await using var cluster = await TestSilos.StartAsync(2);
        var silo = cluster.Silos[1];

        var all = (await Nodes(silo.ServiceProvider, NodeOptions.Silo).ListAsync())!;

        Assert.Equal(2, all.Count);
        Assert.Equal(silo.SiloAddress.Endpoint.ToString(), all[0].Address);
        Assert.Equal((NodeOptions.Silo, true, false), (all[0].Role, all[0].IsThis, all[1].IsThis));
    }

    private static ClusterNodes Nodes(IServiceProvider services, string role) =>
        ActivatorUtilities.CreateInstance<ClusterNodes>(services, new NodeOptions { Role = role });
}
