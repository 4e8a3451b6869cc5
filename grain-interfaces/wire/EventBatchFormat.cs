namespace Laurel.GrainInterfaces;

/// <summary>The byte format of an <see cref="EventBatch"/>, little-endian: version 1 (1 byte), request id (16), length of the events (4), the events.</summary>
public static class EventBatchFormat
{
    private const byte Version = 1;
    private const int HeadSize = 1 + 16 + sizeof(int);

    /// <summary>The batch's bytes.</summary>
    public static byte[] ToArray(EventBatch batch)
    {
        var bytes = new byte[HeadSize + batch.Events.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        writer.WriteGuid(batch.RequestId);
        writer.WriteInt32(batch.Events.Length);
        writer.WriteArray<byte>(batch.Events);
        return bytes;
    }

    /// <summary>Reads a batch back. It owns its memory; what the events say is not looked at.</summary>
    /// <exception cref="InvalidDataException">The bytes are no batch of a known version.</exception>
    public static EventBatch Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.ReadByte() != Version) throw new InvalidDataException("This is no batch of events of a known version.");
        var requestId = reader.ReadGuid();
        var events = reader.ReadArray<byte>(reader.ReadCount(1));
        reader.End();
        return new(requestId, events);
    }
}
