using Laurel.Hosting;
using StackExchange.Redis;

namespace Laurel.Silo;

/// <summary>Says why a node does not start in words for whoever started it.</summary>
internal static class NodeStartErrors
{
    /// <summary>One line; null for what is not known to be the configuration's or the surroundings' fault.</summary>
    public static string? Explain(Exception error) => error switch
    {
        RedisConnectionException => $"Laurel:Cluster:Redis does not answer: {error.Message}",
        OrleansConfigurationException => error.Message,
        OrleansException or AggregateException when error.InnerException is { } inner => Explain(inner),
        _ => StartupErrors.Explain(error),
    };
}
