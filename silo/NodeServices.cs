using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Laurel.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Laurel.Silo;

/// <summary>Orleans in a node's services: a silo, or the client of one.</summary>
internal static class NodeServices
{
    /// <summary>How long a node that serves no more has to let requests end and to hand its grains over.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(25);

    /// <summary>The feed's queues, the same on all nodes. Each is looked into twenty times a second, whether there is news or not.</summary>
    private const int FeedQueues = 4;

    /// <summary>Short forms on the command line.</summary>
    public static IDictionary<string, string> Switches { get; } = new Dictionary<string, string> { ["--role"] = $"{NodeOptions.Section}:{nameof(NodeOptions.Role)}" };

    /// <summary>Adds the node's part of the cluster, and returns its checked settings.</summary>
    /// <exception cref="OptionsValidationException">Settings that cannot work.</exception>
    public static NodeOptions AddNode(this WebApplicationBuilder builder, ServerOptions server)
    {
        var node = builder.Configuration.GetSection(NodeOptions.Section).Get<NodeOptions>() ?? new();
        var result = new NodeOptionsValidator(server).Validate(null, node);
        if (result.Failed)
            throw new OptionsValidationException(NodeOptions.Section, typeof(NodeOptions), result.Failures);

        builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = node.DrainTime + StopsWithin);
        builder.Services.AddSingleton<INodes>(provider => ActivatorUtilities.CreateInstance<ClusterNodes>(provider, node));
        AddLogFilters(builder.Logging);
        // Each call pays for it, so that only those do whose traces are looked at.
        var traced = Telemetry.HasTraces(builder.Configuration);
        if (node.HasGrains)
        {
            builder.UseOrleans(silo =>
            {
                silo.UseMembership(node).AddLaurelGrains().AddOwnState(server.Storage).AddDashboardPage();
                if (traced)
                    silo.AddActivityPropagation();
            });
        }
        else
        {
            builder.UseOrleansClient(client =>
            {
                client.UseMembership(node).AddLaurelGrains();
                if (traced)
                    client.AddActivityPropagation();
            });
        }

        return node;
    }

    private static ISiloBuilder AddOwnState(this ISiloBuilder silo, StorageOptions storage) =>
        storage.Provider == StorageOptions.Postgres ? silo.AddOrleansState(storage.ConnectionString!) : silo.AddMemoryGrainStorage(OrleansState.Name);

    /// <summary>Adds what Laurel's grains need on a silo.</summary>
    public static ISiloBuilder AddLaurelGrains(this ISiloBuilder silo)
    {
        AddCalls(silo.Services);
        silo.Services.AddScoped<HostedActivation>();
        silo.Services.Configure<ClusterMembershipOptions>(FailureDetection.WatchClosely);
#pragma warning disable ORLEANSEXP003 // Marked as experimental; docs/adr has what the others cost.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddMemoryStreams(OrleansFeed.Provider, static streams =>
        {
            streams.ConfigurePartitioning(FeedQueues);
            streams.ConfigurePullingAgent(static agent => agent.Configure(Pull));
        });
        silo.Services.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = OrleansPort.AttemptLimit);
        return silo;
    }

    /// <summary>Adds what calls of Laurel's grains need.</summary>
    public static IClientBuilder AddLaurelGrains(this IClientBuilder client)
    {
        AddCalls(client.Services);
        client.AddMemoryStreams(OrleansFeed.Provider, static streams => streams.ConfigurePartitioning(FeedQueues));
        client.Services.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = OrleansPort.AttemptLimit);
        return client;
    }

    private static void AddLogFilters(ILoggingBuilder logging)
    {
        logging.AddFilter("Orleans", LogLevel.Warning);
        // It recommends another garbage collector at every start.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        // Of calls that are sent again anyhow, and of streams that heal by themselves.
        logging.AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error);
        logging.AddFilter("Orleans.Streams", LogLevel.Critical);
        logging.AddFilter("Orleans.Providers", LogLevel.Critical);
    }

    /// <summary>News is of use while it is fresh, and only then.</summary>
    private static void Pull(StreamPullingAgentOptions agent)
    {
        agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(50);
        agent.MaxEventDeliveryTime = TimeSpan.FromSeconds(5);
    }

    private static void AddCalls(IServiceCollection services)
    {
        services.AddSingleton<IGrainPort, OrleansPort>();
        services.AddSingleton<IFeed, OrleansFeed>();
        services.AddSerializer(static serializer => serializer.AddRecords());
    }
}
