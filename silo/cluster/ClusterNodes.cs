using Laurel.ApiFrontend;

namespace Laurel.Silo;

/// <summary>
/// The nodes as the membership has them: every silo, those lost or left within the last hour too while nothing has taken their place, and
/// this node when it is a gateway, which is in no membership. One question to a silo, and one more about what the living ones hold.
/// </summary>
internal sealed partial class ClusterNodes(
    IGrainFactory factory, NodeOptions node, TimeProvider clock, ILogger<ClusterNodes> log, ILocalSiloDetails? own = null) : INodes
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeadShownFor = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeStatus>?> ListAsync()
    {
        var management = factory.GetGrain<IManagementGrain>(0);
        try
        {
            var silos = Known(await management.GetDetailedHosts(onlyActive: false).WaitAsync(Deadline, clock));
            SiloAddress[] living = [.. silos.Where(static silo => silo.Status == SiloStatus.Active).Select(static silo => silo.SiloAddress)];
            var statistics = await StatisticsAsync(management, living);
            var mine = own?.SiloAddress;
            var nodes = silos.Select(silo => StatusOf(silo, mine, statistics.GetValueOrDefault(silo.SiloAddress)));
            return [.. (mine is null ? nodes.Append(Gateway()) : nodes).OrderByDescending(static status => status.IsThis)];
        }
        catch (Exception error)
        {
            LogFailed(error);
            return null;
        }
    }

    /// <summary>The newest of those that have been at each address, without what is long gone.</summary>
    private IEnumerable<MembershipEntry> Known(MembershipEntry[] all) => all
        .GroupBy(static silo => silo.SiloAddress.Endpoint)
        .Select(static place => place.MaxBy(static silo => silo.SiloAddress.Generation)!)
        .Where(silo => silo.Status != SiloStatus.Dead || clock.GetUtcNow().UtcDateTime - silo.IAmAliveTime < DeadShownFor)
        .OrderBy(static silo => silo.SiloName, StringComparer.Ordinal);

    /// <summary>What silos hold; nothing when one does not answer, which the membership will say soon.</summary>
    private async Task<Dictionary<SiloAddress, SiloRuntimeStatistics>> StatisticsAsync(IManagementGrain management, SiloAddress[] living)
    {
        try
        {
            var statistics = await management.GetRuntimeStatistics(living).WaitAsync(Deadline, clock);
            return living.Zip(statistics).ToDictionary(static pair => pair.First, static pair => pair.Second);
        }
        catch (Exception error)
        {
            LogFailed(error);
            return [];
        }
    }

    private NodeStatus StatusOf(MembershipEntry silo, SiloAddress? mine, SiloRuntimeStatistics? holds)
    {
        var isThis = silo.SiloAddress.Equals(mine);
        return new NodeStatus(silo.SiloName, isThis ? node.Role : null, StateOf(silo.Status), new DateTimeOffset(silo.StartTime, TimeSpan.Zero), isThis)
        {
            Address = silo.SiloAddress.Endpoint.ToString(),
            Grains = holds?.ActivationCount,
            CpuPercent = holds?.EnvironmentStatistics.FilteredCpuUsagePercentage,
            MemoryBytes = holds?.EnvironmentStatistics.FilteredMemoryUsageBytes,
        };
    }

    private NodeStatus Gateway() =>
        new(Environment.MachineName, node.Role, NodeStatus.Active, _startedAt, IsThis: true) { MemoryBytes = Environment.WorkingSet };

    private static string StateOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => NodeStatus.Active,
        SiloStatus.Created or SiloStatus.Joining => "joining",
        SiloStatus.ShuttingDown => "shutting_down",
        SiloStatus.Stopping => "stopping",
        SiloStatus.Dead => "dead",
        _ => "unknown",
    };

    [LoggerMessage(1, LogLevel.Warning, "The cluster's nodes could not be asked for")]
    private partial void LogFailed(Exception error);
}
