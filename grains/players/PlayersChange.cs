using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>What a put changes: the writes of one commit, and what is to be told to seasons after it.</summary>
/// <param name="part">The part of the register.</param>
/// <param name="now">When, in whole microseconds.</param>
internal sealed class PlayersChange(PlayersKey part, DateTimeOffset now)
{
    private readonly Dictionary<string, StoredPlayer> _before = [];

    /// <summary>The players as they are after it.</summary>
    public Dictionary<string, PlayerRecord> Players { get; } = [];

    /// <summary>The commit; empty when nothing changes.</summary>
    public List<RecordWrite> Writes { get; } = [];

    /// <summary>The notes among the writes. Somebody whose first record this is stands nowhere: there is nobody to be told.</summary>
    public List<PlayerMarker> Markers { get; } = [];

    /// <summary>Those whose record says nobody, and who are registered now: the note of their erasure, which may be there or not.</summary>
    public List<PlayerMarker> Returning { get; } = [];

    /// <summary>Takes a player's record as it is stored.</summary>
    public void Begin(string userId, StoredPlayer stored)
    {
        _before.Add(userId, stored);
        if (stored.Player is not null)
            Players.Add(userId, stored.Player);
    }

    /// <summary>Adds a put; several of one player take effect in order.</summary>
    public void Apply(PlayerPut put) => Players[put.UserId] = PlayerFolding.Apply(Players.GetValueOrDefault(put.UserId), put, now);

    /// <summary>Works out the writes.</summary>
    public void End()
    {
        foreach (var (userId, before) in _before)
        {
            var after = Players[userId];
            if (IsSame(before.Player, after))
            {
                // Puts that cancel each other out leave the player as it was, its time of change too.
                Players[userId] = before.Player!;
                continue;
            }

            Writes.Add(new(RecordKeys.Player(part.Tenant, userId), before.Version, StoredPlayer.Write(after)));
            if (!before.Exists)
                continue;
            if (before.Player is null)
                Returning.Add(new(userId, before.Version));
            if (before.Player is null || before.Player.Name != after.Name || before.Player.Hidden != after.Hidden)
                Markers.Add(new(userId, before.Version + 1, (before.Player?.Hidden ?? false) == after.Hidden ? Timestamps.From(now) : null));
        }

        Writes.AddRange(Markers.Select(marker => marker.AddTo(part)));
    }

    private static bool IsSame(PlayerRecord? before, PlayerRecord after) =>
        before is not null && after with { UpdatedAt = before.UpdatedAt } == before;
}
