using System.Net;
using Orleans.Configuration;

namespace Laurel.Silo;

/// <summary>How nodes find each other, and how they learn that one is gone.</summary>
internal static class Membership
{
    /// <summary>On a silo.</summary>
    public static ISiloBuilder UseMembership(this ISiloBuilder silo, NodeOptions node)
    {
        if (node.Redis is not { } redis)
            return silo.UseLocalhostClustering(node.SiloPort, node.GatewayPort, serviceId: node.ClusterId, clusterId: node.ClusterId);

        silo.Services.Configure<ClusterOptions>(cluster => Name(cluster, node));
        silo.UseRedisClustering(redis);
        if (node.Address is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), node.SiloPort, node.GatewayPort, listenOnAnyHostAddress: true);
        else
            silo.ConfigureEndpoints(node.SiloPort, node.GatewayPort, listenOnAnyHostAddress: true);
        return silo;
    }

    /// <summary>On a gateway.</summary>
    public static IClientBuilder UseMembership(this IClientBuilder client, NodeOptions node)
    {
        client.UseConnectionRetryFilter<PatientConnection>();
        if (node.Redis is not { } redis)
            return client.UseLocalhostClustering(node.GatewayPort, node.ClusterId, node.ClusterId);

        client.Services.Configure<ClusterOptions>(cluster => Name(cluster, node));
        client.Services.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        return client.UseRedisClustering(redis);
    }

    private static void Name(ClusterOptions cluster, NodeOptions node) => (cluster.ClusterId, cluster.ServiceId) = (node.ClusterId, node.ClusterId);
}
