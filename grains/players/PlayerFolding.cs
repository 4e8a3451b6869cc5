using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>What a put makes of a player.</summary>
internal static class PlayerFolding
{
    /// <summary>The player after the put; the same instance when it changes nothing.</summary>
    /// <param name="player">Null when not registered.</param>
    /// <param name="put">Null leaves a field as it is, empty text clears it.</param>
    /// <param name="now">When, in whole microseconds.</param>
    public static PlayerRecord Apply(PlayerRecord? player, PlayerPut put, DateTimeOffset now)
    {
        var before = player ?? new(put.UserId, null, false, null, now, now);
        var after = before with
        {
            Name = Change(before.Name, put.Name),
            Hidden = put.Hidden ?? before.Hidden,
            Country = Change(before.Country, put.Country),
        };
        return player is not null && after == before ? player : after with { UpdatedAt = now };
    }

    private static string? Change(string? before, string? put) => put is null ? before : put.Length == 0 ? null : put;
}
