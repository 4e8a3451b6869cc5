using Laurel.Bench.Macro;

namespace Laurel.Bench.Cluster;

/// <summary>The processes of one cluster on a database of its own, or the single process on one.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    private readonly List<LaurelNode> _nodes = [];

    /// <summary>The one that is asked.</summary>
    public LaurelNode Front => _nodes[^1];

    /// <summary>The others.</summary>
    public IEnumerable<LaurelNode> Behind => _nodes.SkipLast(1);

    /// <summary>The single process.</summary>
    public static async Task<ClusterNodes> StartStandaloneAsync(MacroContext context, ClusterServers servers)
    {
        var nodes = new ClusterNodes();
        nodes._nodes.Add(await LaurelNode.StartAsync(Programs.Laurel(), await SettingsAsync(servers, "alone"), context.Clock, context.Cancellation));
        return nodes;
    }

    /// <summary>A gateway and so many silos.</summary>
    public static async Task<ClusterNodes> StartAsync(MacroContext context, ClusterServers servers, string program, string name, int silos)
    {
        var nodes = new ClusterNodes();
        try
        {
            var settings = await SettingsAsync(servers, name);
            settings["Laurel__Cluster__Redis"] = servers.Redis;
            settings["Laurel__Cluster__ClusterId"] = name;
            settings["Laurel__Cluster__Address"] = "127.0.0.1";
            for (var i = 0; i <= silos; i++)
            {
                settings["Laurel__Cluster__SiloPort"] = $"{Programs.FreePort()}";
                settings["Laurel__Cluster__GatewayPort"] = $"{Programs.FreePort()}";
                var role = i < silos ? "silo" : "gateway";
                nodes._nodes.Add(await LaurelNode.StartAsync(Programs.DotNet(program, "--role", role), settings, context.Clock, context.Cancellation));
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(ClusterServers servers, string name) => new()
    {
        ["Laurel__AdminKey"] = LaurelServer.AdminKey,
        ["Laurel__Storage__Provider"] = "postgres",
        ["Laurel__Storage__ConnectionString"] = await servers.MakeDatabaseAsync(name),
    };
}
