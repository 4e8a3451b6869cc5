using System.Globalization;

namespace Laurel.GrainInterfaces;

/// <summary>Names one part of a tenant's event intake: the key of its grain and of its journal's name is <c>tenant/partition</c>.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Partition">0 to <see cref="Partitions"/> − 1.</param>
public readonly record struct EventsKey(string Tenant, int Partition)
{
    /// <summary>
    /// How many parts an intake has. One: so a call's events are one write, and a tenant's are delivered in the order of their
    /// acceptance. The number is part of the key, so that a later release can split busy tenants by event id.
    /// </summary>
    public const int Partitions = 1;

    /// <summary>The intake that takes a tenant's events.</summary>
    public static EventsKey Of(string tenant) => new(tenant, 0);

    /// <summary>Reads a grain's key back.</summary>
    public static EventsKey Parse(string key)
    {
        var slash = key.IndexOf('/');
        return new(key[..slash], int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenant}/{Partition}");
}
