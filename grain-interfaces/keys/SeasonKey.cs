using System.Globalization;

namespace Laurel.GrainInterfaces;

/// <summary>
/// Names one season: the key of its grain and of its journal is <c>tenant/board@incarnation/window</c>. The incarnation counts how
/// often a board of that id has been created, so that a deleted board's history never mixes with its namesake's.
/// </summary>
public readonly record struct SeasonKey
{
    /// <summary>Names the season of a board's incarnation.</summary>
    /// <exception cref="ArgumentException">The window is no valid id, or the incarnation is below 1.</exception>
    public SeasonKey(LeaderboardKey leaderboard, int incarnation, string window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(incarnation, 1);
        Leaderboard = leaderboard;
        Incarnation = incarnation;
        Window = Slug.Require(window, nameof(window));
    }

    /// <summary>The board.</summary>
    public LeaderboardKey Leaderboard { get; }

    /// <summary>1 for the first board of that id, one more for each created after a deletion.</summary>
    public int Incarnation { get; }

    /// <summary>The window's key (<c>2025-W47</c>), or the season's id on manual and custom boards.</summary>
    public string Window { get; }

    /// <summary>Reads a grain's key back.</summary>
    public static SeasonKey Parse(string key)
    {
        var at = key.IndexOf('@');
        var slash = key.LastIndexOf('/');
        if (at < 0 || slash < at)
            throw new FormatException($"'{key}' is no season's key.");
        return new(LeaderboardKey.Parse(key[..at]), int.Parse(key.AsSpan(at + 1, slash - at - 1), CultureInfo.InvariantCulture), key[(slash + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Leaderboard}@{Incarnation}/{Window}");
}
