using System.Net;
using Laurel.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Laurel.Silo;

/// <summary>Refuses settings that cannot work, naming the setting and what would be right.</summary>
internal sealed class NodeOptionsValidator(ServerOptions server) : IValidateOptions<NodeOptions>
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NodeOptions options)
    {
        List<string> mistakes = [];
        if (options.Role is not (NodeOptions.All or NodeOptions.Silo or NodeOptions.Gateway))
            mistakes.Add($"Laurel:Cluster:Role is '{options.Role}'; set it, or --role, to 'all', 'silo' or 'gateway'.");
        if (string.IsNullOrWhiteSpace(options.ClusterId))
            mistakes.Add("Laurel:Cluster:ClusterId is empty; set it to a name that all nodes of this cluster share.");
        CheckPort(nameof(NodeOptions.SiloPort), options.SiloPort, mistakes);
        CheckPort(nameof(NodeOptions.GatewayPort), options.GatewayPort, mistakes);
        if (options.SiloPort == options.GatewayPort)
            mistakes.Add($"Laurel:Cluster:SiloPort and Laurel:Cluster:GatewayPort are both {options.SiloPort}; set them to two different ports.");
        if (options.Address is { } address && !IPAddress.TryParse(address, out _))
            mistakes.Add($"Laurel:Cluster:Address is '{address}', which is no IP address; set it to one under which the other nodes reach this one.");
        if (options.Drain is { } drain && (drain < TimeSpan.Zero || drain > LongestDrain))
            mistakes.Add($"Laurel:Cluster:Drain is {drain}; set it to a time from 00:00:00 to {LongestDrain}.");
        if (options.Redis is { } redis)
            CheckRedis(redis, mistakes);
        CheckStorage(options, mistakes);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void CheckPort(string setting, int port, List<string> mistakes)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
            mistakes.Add($"Laurel:Cluster:{setting} is {port}; set it to a port from 1 to {IPEndPoint.MaxPort}.");
    }

    // The text is not repeated: it may hold a password.
    private static void CheckRedis(string redis, List<string> mistakes)
    {
        try
        {
            if (ConfigurationOptions.Parse(redis).EndPoints.Count == 0)
                mistakes.Add("Laurel:Cluster:Redis names no server; set it to 'HOST:PORT'.");
        }
        catch (ArgumentException error)
        {
            mistakes.Add($"Laurel:Cluster:Redis is no configuration of a Redis client ({error.Message}); set it to 'HOST:PORT' or 'HOST:PORT,password=…'.");
        }
    }

    private void CheckStorage(NodeOptions options, List<string> mistakes)
    {
        if (!options.HasGrains || server.Storage.Provider != StorageOptions.Sqlite || options.Redis is null)
            return;
        mistakes.Add(
            "Laurel:Storage:Provider is 'sqlite', which one process alone can use; set it to 'postgres' with Laurel:Storage:ConnectionString "
            + "on every node with grains, or run a single one of them without Laurel:Cluster:Redis.");
    }
}
