using System.Diagnostics;

namespace Laurel.ApiFrontend;

/// <summary>The only process there is.</summary>
internal sealed class SingleNode : INodes
{
    private static readonly DateTimeOffset StartedAt = Process.GetCurrentProcess().StartTime;

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeStatus>?> ListAsync() => Task.FromResult<IReadOnlyList<NodeStatus>?>(
    [
        new NodeStatus(Environment.MachineName, "all", NodeStatus.Active, StartedAt, IsThis: true) { MemoryBytes = Environment.WorkingSet },
    ]);
}
