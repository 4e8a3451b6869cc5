using System.Buffers.Binary;

namespace Laurel.Storage;

/// <summary>
/// The bytes of a journal's blobs and a snapshot's slices, version 1. A blob is a version byte, a CRC-32C (little endian) of what
/// follows, and records one after the other; integers are little endian, lengths are variable (7 bits a byte, low ones first).
/// </summary>
/// <remarks>
/// Each record says what is, not what was done: a row holds the entry that results, so that reading a record twice, or one whose effect
/// a snapshot has taken in already, ends in the same state.
/// <list type="table">
/// <item><term>time</term><description>8: the time of the records that follow</description></item>
/// <item><term>row</term><description>1 parts, id, 8 score, 8 achieved-at, then by parts: name, metadata, 8 total and 8 samples, 8 created-at and 8 updated-at (else the time)</description></item>
/// <item><term>subject</term><description>id, 1 flags, 8 version of the register's facts, name</description></item>
/// <item><term>remove</term><description>id: the entry is gone, the subject is known still</description></item>
/// <item><term>forget</term><description>id: nothing is left of the subject</description></item>
/// <item><term>request</term><description>16 request id, outcome</description></item>
/// <item><term>size</term><description>8: about how many subjects follow; a snapshot begins with it</description></item>
/// <item><term>entry</term><description>a subject and its row, as a snapshot has them: 1 parts, id, 1 flags, 8 version of the register's facts, name, 8 score, 8 achieved-at, then by parts: metadata, 8 total and 8 samples; 8 created-at and 8 updated-at</description></item>
/// <item><term>delivered</term><description>source, 8 position: everything up to there has been taken from it</description></item>
/// <item><term>sealed</term><description>nothing: the season is over for good</description></item>
/// <item><term>forgotten</term><description>16 request id: its outcome, and those of what the same process sent before, are kept no longer</description></item>
/// </list>
/// Ids, names, metadata, outcomes and sources are a length and their bytes.
/// </remarks>
internal static class JournalFormat
{
    public const byte Version = 1;
    public const int HeaderBytes = 5;

    public static void WriteHeader(Span<byte> blob)
    {
        blob[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(blob[1..], Crc32C.Of(blob[HeaderBytes..]));
    }

    /// <exception cref="InvalidDataException">The blob is damaged, or of a version this program does not know.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < HeaderBytes)
            throw new InvalidDataException($"A journal blob of {blob.Length} bytes is shorter than its header.");
        if (blob[0] != Version)
            throw new InvalidDataException($"A journal blob is of version {blob[0]}, this program reads version {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(blob[1..]) != Crc32C.Of(blob[HeaderBytes..]))
            throw new InvalidDataException("A journal blob's checksum does not match its content.");
        return blob[HeaderBytes..];
    }
}

/// <summary>What a record of the journal says.</summary>
internal enum JournalRecord : byte
{
    Time = 1,
    Row = 2,
    Subject = 3,
    Remove = 4,
    Forget = 5,
    Request = 6,
    Size = 7,
    Entry = 8,
    Delivered = 9,
    Sealed = 10,
    Forgotten = 11,
}

/// <summary>Which of a row's or an entry's optional fields are there.</summary>
[Flags]
internal enum RowParts : byte
{
    None = 0,
    Name = 1,
    Metadata = 2,
    Average = 4,
    Times = 8,
}
