namespace Laurel.ApiFrontend;

/// <summary>The nodes as the API shows them.</summary>
/// <param name="Total">How many there are.</param>
internal sealed record NodeListBody(int Total, IReadOnlyList<NodeBody> Nodes)
{
    public static NodeListBody Of(IReadOnlyList<NodeStatus> nodes) => new(nodes.Count, [.. nodes.Select(NodeBody.Of)]);
}

/// <summary>One node.</summary>
internal sealed record NodeBody(
    string Name, string? Address, string? Role, string State, bool IsThis, DateTimeOffset StartedAt, int? Grains, double? CpuPercent, long? MemoryBytes)
{
    public static NodeBody Of(NodeStatus node) => new(
        node.Name, node.Address, node.Role, node.State, node.IsThis, node.StartedAt, node.Grains, node.CpuPercent is { } percent ? Math.Round(percent, 1) : null, node.MemoryBytes);
}
