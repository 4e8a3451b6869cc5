using System.Globalization;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// A note in the outbox: seasons have still to be told of this version of a player. Written in the commit that makes the change. The
/// version is part of the key, so that whoever delivered a change can never delete the note of a later one.
/// </summary>
/// <param name="UserId">Whose change.</param>
/// <param name="Version">The version of their record that it made.</param>
/// <param name="RenamedAt">
/// When, in microseconds since the Unix epoch, if nothing but the name changed: seasons that were sealed before keep the one they ended
/// with. Null for any other change.
/// </param>
internal readonly record struct PlayerMarker(string UserId, long Version, long? RenamedAt = null)
{
    /// <summary>The outboxes of all parts of all registers.</summary>
    public const string All = "player-outbox/";

    /// <summary>The note's key.</summary>
    public string KeyIn(PlayersKey part) => string.Create(CultureInfo.InvariantCulture, $"{RecordKeys.PlayerOutboxOf(part)}{UserId}/{Version}");

    /// <summary>The write that adds it.</summary>
    public RecordWrite AddTo(PlayersKey part) => new(KeyIn(part), null, RenamedAt is { } at ? BitConverter.GetBytes(at) : []);

    /// <summary>The write that deletes it.</summary>
    public RecordWrite DeleteFrom(PlayersKey part) => new(KeyIn(part), null, null);

    /// <summary>Reads a note.</summary>
    public static PlayerMarker Parse(PlayersKey part, StoredRecord note)
    {
        var rest = note.Key.AsSpan(RecordKeys.PlayerOutboxOf(part).Length);
        var slash = rest.LastIndexOf('/');
        return new(rest[..slash].ToString(), long.Parse(rest[(slash + 1)..], CultureInfo.InvariantCulture), note.Data.Length == 0 ? null : BitConverter.ToInt64(note.Data));
    }
}
