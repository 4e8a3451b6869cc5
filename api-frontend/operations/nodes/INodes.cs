namespace Laurel.ApiFrontend;

/// <summary>The processes that make up this server. A host that is one of several adds its own; otherwise there is this one alone.</summary>
public interface INodes
{
    /// <summary>All that are known, this one first when it is one of them.</summary>
    /// <returns>Null when they cannot be asked for now.</returns>
    Task<IReadOnlyList<NodeStatus>?> ListAsync();
}

/// <summary>One process.</summary>
/// <param name="Name">What it is called, unique among those that run.</param>
/// <param name="Role">What it does: <c>all</c>, <c>silo</c> or <c>gateway</c>; null when that is not known.</param>
/// <param name="State">
/// <c>active</c>, or in words of the host's what it is instead, such as <c>joining</c>, <c>shutting_down</c> and <c>dead</c>.
/// </param>
/// <param name="StartedAt">When it began.</param>
/// <param name="IsThis">Whether it is the one that answers.</param>
public sealed record NodeStatus(string Name, string? Role, string State, DateTimeOffset StartedAt, bool IsThis)
{
    /// <summary>The state of a node that does its work.</summary>
    public const string Active = "active";

    /// <summary>Where other nodes reach it; null when they do not.</summary>
    public string? Address { get; init; }

    /// <summary>Grains in its memory; null when that is not known.</summary>
    public int? Grains { get; init; }

    /// <summary>Its share of the machine's processors, 0 to 100; null when that is not known.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Its memory; null when that is not known.</summary>
    public long? MemoryBytes { get; init; }
}
