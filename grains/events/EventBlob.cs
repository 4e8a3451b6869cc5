using System.Buffers.Binary;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// The bytes of what an intake stores, little-endian: version 1 (1 byte), CRC-32C of the rest (4), then by kind:
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>blob of the journal</term><description>position delivered up to (8), number of requests (4), each: request id (16), accepted at (8), first position (8),
/// number of events (4), number of duplicates and their places (4 each), length (4) and bytes of the events</description></item>
/// <item><term>slice of the snapshot</term><description>the same, of recent requests whose events are delivered: without the events</description></item>
/// <item><term>segment of ids</term><description>number of ids (4), each: the hour it came in (4), id (8)</description></item>
/// </list>
/// </remarks>
internal static class EventBlob
{
    private const byte Version = 1;
    private const int HeaderBytes = 5;

    /// <summary>A blob, or a slice when the requests' events are left out.</summary>
    public static byte[] Write(long delivered, IReadOnlyCollection<AcceptedEvents> requests, bool withEvents) => Seal(writer =>
    {
        writer.Write(delivered);
        writer.Write(requests.Count);
        foreach (var request in requests)
        {
            writer.Write(request.RequestId.ToByteArray());
            writer.Write(request.AcceptedAt);
            writer.Write(request.First);
            writer.Write(request.Count);
            writer.Write(request.Duplicates.Length);
            foreach (var place in request.Duplicates)
                writer.Write(place);
            writer.Write(withEvents ? request.Events.Length : 0);
            if (withEvents)
                writer.Write(request.Events);
        }
    });

    /// <summary>Reads a blob or slice back.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a later version.</exception>
    public static (long Delivered, List<AcceptedEvents> Requests) Read(byte[] blob)
    {
        using var reader = Open(blob);
        var delivered = reader.ReadInt64();
        List<AcceptedEvents> requests = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var requestId = new Guid(reader.ReadBytes(16));
            var (acceptedAt, first, count) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
            var duplicates = new int[reader.ReadInt32()];
            for (var i = 0; i < duplicates.Length; i++)
                duplicates[i] = reader.ReadInt32();
            requests.Add(new(requestId, acceptedAt, first, count, reader.ReadBytes(reader.ReadInt32()), duplicates));
        }

        return (delivered, requests);
    }

    /// <summary>A segment of ids.</summary>
    public static byte[] WriteIds(IReadOnlyCollection<(long Hour, ulong Id)> ids) => Seal(writer =>
    {
        writer.Write(ids.Count);
        foreach (var (hour, id) in ids)
        {
            writer.Write((int)hour);
            writer.Write(id);
        }
    });

    /// <summary>Reads a segment of ids back.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a later version.</exception>
    public static List<(long Hour, ulong Id)> ReadIds(byte[] segment)
    {
        using var reader = Open(segment);
        List<(long, ulong)> ids = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
            ids.Add((reader.ReadInt32(), reader.ReadUInt64()));
        return ids;
    }

    private static byte[] Seal(Action<BinaryWriter> write)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream))
        {
            writer.Write(new byte[HeaderBytes]);
            write(writer);
        }

        var blob = stream.ToArray();
        blob[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(1), Crc32C.Of(blob.AsSpan(HeaderBytes)));
        return blob;
    }

    private static BinaryReader Open(byte[] blob)
    {
        if (blob.Length < HeaderBytes || blob[0] != Version)
            throw new InvalidDataException($"Stored events are of an unknown version; this program reads version {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(1)) != Crc32C.Of(blob.AsSpan(HeaderBytes)))
            throw new InvalidDataException("The checksum of stored events does not match their content.");
        return new BinaryReader(new MemoryStream(blob, HeaderBytes, blob.Length - HeaderBytes));
    }
}
