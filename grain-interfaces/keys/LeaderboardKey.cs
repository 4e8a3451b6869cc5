namespace Laurel.GrainInterfaces;

/// <summary>Names one leaderboard: the key of its grain is <c>tenant/board</c>.</summary>
public readonly record struct LeaderboardKey
{
    /// <summary>Names the leaderboard of a tenant.</summary>
    /// <exception cref="ArgumentException">One of them is no valid id: see <see cref="Slug"/>.</exception>
    public LeaderboardKey(string tenant, string board)
    {
        Tenant = Slug.Require(tenant, nameof(tenant));
        Board = Slug.Require(board, nameof(board));
    }

    /// <summary>The tenant's id.</summary>
    public string Tenant { get; }

    /// <summary>The leaderboard's id, unique in its tenant.</summary>
    public string Board { get; }

    /// <summary>Reads a grain's key back.</summary>
    public static LeaderboardKey Parse(string key)
    {
        var slash = key.IndexOf('/');
        return slash > 0 ? new(key[..slash], key[(slash + 1)..]) : throw new FormatException($"'{key}' is no leaderboard's key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Board}";
}
