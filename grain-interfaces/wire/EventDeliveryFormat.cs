namespace Laurel.GrainInterfaces;

/// <summary>
/// The byte format of an <see cref="EventDelivery"/>, little-endian: version 1 (1 byte), the source as length (4) and UTF-8, count n (4),
/// positions (8 × n), length (4) and bytes of the scores (<see cref="ScoreBatchFormat"/>).
/// </summary>
public static class EventDeliveryFormat
{
    private const byte Version = 1;

    /// <summary>The delivery's bytes.</summary>
    public static byte[] ToArray(EventDelivery delivery)
    {
        var scores = ScoreBatchFormat.ToArray(delivery.Scores);
        var size = 1 + WireWriter.Measure(delivery.Source) + sizeof(int) + delivery.Positions.Length * sizeof(long) + sizeof(int) + scores.Length;
        var bytes = new byte[size];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        writer.WriteText(delivery.Source);
        writer.WriteInt32(delivery.Positions.Length);
        writer.WriteArray<long>(delivery.Positions);
        writer.WriteInt32(scores.Length);
        writer.WriteArray<byte>(scores);
        return bytes;
    }

    /// <summary>Reads a delivery back. It owns its memory.</summary>
    /// <exception cref="InvalidDataException">The bytes are no delivery of a known version.</exception>
    public static EventDelivery Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.ReadByte() != Version) throw new InvalidDataException("This is no delivery of events of a known version.");
        var source = reader.ReadText();
        var positions = reader.ReadArray<long>(reader.ReadCount(sizeof(long)));
        var scores = ScoreBatchFormat.Read(reader.ReadArray<byte>(reader.ReadCount(1)));
        reader.End();
        return positions.Length == scores.Count
            ? new(source, positions, scores)
            : throw new InvalidDataException("There are not as many positions as scores.");
    }
}
