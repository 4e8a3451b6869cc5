using System.Buffers.Binary;
using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// What the register keeps of one id. A record without a player is of someone who stands on an open board or was erased; it stays, so
/// that versions rise across an erasure and a new registration.
/// </summary>
/// <param name="Player">The registered player, or null.</param>
/// <param name="Version">The stored record's; 0 when there is none.</param>
/// <remarks>
/// Stored form: a byte of format (1, high half) and flags (low half: registered, hidden, has a name, has a country), and of registered
/// players creation and change (8 bytes each, little-endian microseconds since the Unix epoch), the country with a length byte, the
/// name to the end. Millions are kept: it is a fifth of the same as JSON.
/// </remarks>
internal readonly record struct StoredPlayer(PlayerRecord? Player, long Version)
{
    private const byte Format = 1 << 4;
    private const byte Registered = 1;
    private const byte Hidden = 2;
    private const byte Named = 4;
    private const byte Located = 8;
    private const int HeaderLength = 1 + sizeof(long) + sizeof(long);

    /// <summary>The stored form of a record without a player.</summary>
    public static byte[] Nobody => [Format];

    /// <summary>Whether there is a record at all.</summary>
    public bool Exists => Version > 0;

    /// <summary>What seasons are told.</summary>
    public SubjectFacts FactsOf(string userId) => new(userId, Player is not null, Player is { Hidden: true }, Player?.Name, Version);

    /// <summary>The stored form of a player.</summary>
    public static byte[] Write(PlayerRecord player)
    {
        var name = player.Name ?? "";
        var country = player.Country ?? "";
        var countryLength = country.Length == 0 ? 0 : 1 + Encoding.UTF8.GetByteCount(country);
        var data = new byte[HeaderLength + countryLength + Encoding.UTF8.GetByteCount(name)];
        data[0] = (byte)(Format | Registered | (player.Hidden ? Hidden : 0) | (name.Length > 0 ? Named : 0) | (countryLength > 0 ? Located : 0));
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(1), Timestamps.From(player.CreatedAt));
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(1 + sizeof(long)), Timestamps.From(player.UpdatedAt));
        if (countryLength > 0)
        {
            data[HeaderLength] = checked((byte)(countryLength - 1));
            Encoding.UTF8.GetBytes(country, data.AsSpan(HeaderLength + 1));
        }

        Encoding.UTF8.GetBytes(name, data.AsSpan(HeaderLength + countryLength));
        return data;
    }

    /// <summary>Reads a stored record; null is one that is not there.</summary>
    /// <exception cref="InvalidDataException">It has another format.</exception>
    public static StoredPlayer Read(string userId, StoredRecord? stored)
    {
        if (stored is null)
            return default;

        ReadOnlySpan<byte> data = stored.Data;
        if (data.IsEmpty || (data[0] & 0xF0) != Format)
            throw new InvalidDataException($"The record {stored.Key} is of a format that this program does not read.");
        var flags = data[0];
        if ((flags & Registered) == 0)
            return new(null, stored.Version);

        var createdAt = Timestamps.ToDateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(data[1..]));
        var updatedAt = Timestamps.ToDateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(data[(1 + sizeof(long))..]));
        var rest = data[HeaderLength..];
        string? country = null;
        if ((flags & Located) != 0)
        {
            country = Encoding.UTF8.GetString(rest.Slice(1, rest[0]));
            rest = rest[(1 + rest[0])..];
        }

        var name = (flags & Named) != 0 ? Encoding.UTF8.GetString(rest) : null;
        return new(new(userId, name, (flags & Hidden) != 0, country, createdAt, updatedAt), stored.Version);
    }
}
