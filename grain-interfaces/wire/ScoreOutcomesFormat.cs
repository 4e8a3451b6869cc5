using System.Buffers;
using System.Runtime.InteropServices;

namespace Laurel.GrainInterfaces;

/// <summary>
/// The byte format of <see cref="ScoreOutcomes"/>, little-endian: version 1 (1 byte), flags (1 byte), status (4), sequence (8); with
/// statuses their count (4) and one byte each; with standings their count (4) and for each a byte that says which of previous score,
/// score (8 each), previous rank and rank (4 each) follow.
/// </summary>
public static class ScoreOutcomesFormat
{
    private const byte Version = 1;
    private const int HeadSize = 1 + 1 + sizeof(int) + sizeof(long);

    [Flags]
    private enum Contents : byte
    {
        None = 0,
        Statuses = 1,
        Standings = 2,
    }

    [Flags]
    private enum StandingContents : byte
    {
        None = 0,
        PreviousScore = 1,
        Score = 2,
        PreviousRank = 4,
        Rank = 8,
    }

    /// <summary>Writes the outcomes, in one piece.</summary>
    public static void Write(IBufferWriter<byte> output, ScoreOutcomes outcomes)
    {
        var size = Measure(outcomes);
        Fill(output.GetSpan(size)[..size], outcomes);
        output.Advance(size);
    }

    /// <summary>Reads outcomes back. They own their memory.</summary>
    /// <exception cref="InvalidDataException">The bytes are no outcomes of a known version.</exception>
    public static ScoreOutcomes Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.ReadByte() != Version) throw new InvalidDataException("These are no score outcomes of a known version.");
        var contents = (Contents)reader.ReadByte();
        var outcomes = new ScoreOutcomes
        {
            Status = (OutcomeStatus)reader.ReadInt32(),
            Sequence = reader.ReadInt64(),
            Statuses = contents.HasFlag(Contents.Statuses) ? reader.ReadArray<ScoreStatus>(reader.ReadCount(1)) : null,
            Standings = contents.HasFlag(Contents.Standings) ? ReadStandings(ref reader) : null,
        };
        reader.End();
        return outcomes;
    }

    internal static byte[] ToArray(ScoreOutcomes outcomes)
    {
        var bytes = new byte[Measure(outcomes)];
        Fill(bytes, outcomes);
        return bytes;
    }

    private static int Measure(ScoreOutcomes outcomes)
    {
        var size = HeadSize;
        if (outcomes.Statuses is { } statuses) size = checked(size + sizeof(int) + statuses.Length);
        if (outcomes.Standings is not { } standings) return size;

        size += sizeof(int);
        foreach (ref readonly var standing in standings.AsSpan())
        {
            var contents = ContentsOf(standing);
            size = checked(size + 1
                + (contents.HasFlag(StandingContents.PreviousScore) ? sizeof(double) : 0)
                + (contents.HasFlag(StandingContents.Score) ? sizeof(double) : 0)
                + (contents.HasFlag(StandingContents.PreviousRank) ? sizeof(int) : 0)
                + (contents.HasFlag(StandingContents.Rank) ? sizeof(int) : 0));
        }

        return size;
    }

    private static void Fill(Span<byte> bytes, ScoreOutcomes outcomes)
    {
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        writer.WriteByte((byte)((outcomes.Statuses is null ? 0 : Contents.Statuses) | (outcomes.Standings is null ? 0 : Contents.Standings)));
        writer.WriteInt32((int)outcomes.Status);
        writer.WriteInt64(outcomes.Sequence);
        if (outcomes.Statuses is { } statuses)
        {
            writer.WriteInt32(statuses.Length);
            writer.WriteArray(MemoryMarshal.Cast<ScoreStatus, byte>((ReadOnlySpan<ScoreStatus>)statuses));
        }

        if (outcomes.Standings is not { } standings) return;
        writer.WriteInt32(standings.Length);
        foreach (ref readonly var standing in standings.AsSpan())
            WriteStanding(ref writer, standing);
    }

    private static void WriteStanding(ref WireWriter writer, in ScoreStanding standing)
    {
        writer.WriteByte((byte)ContentsOf(standing));
        if (standing.PreviousScore is { } previousScore) writer.WriteDouble(previousScore);
        if (standing.Score is { } score) writer.WriteDouble(score);
        if (standing.PreviousRank is { } previousRank) writer.WriteInt32(previousRank);
        if (standing.Rank is { } rank) writer.WriteInt32(rank);
    }

    private static ScoreStanding[] ReadStandings(ref WireReader reader)
    {
        var standings = new ScoreStanding[reader.ReadCount(1)];
        for (var i = 0; i < standings.Length; i++)
        {
            var contents = (StandingContents)reader.ReadByte();
            standings[i] = new ScoreStanding(
                contents.HasFlag(StandingContents.PreviousScore) ? reader.ReadDouble() : null,
                contents.HasFlag(StandingContents.Score) ? reader.ReadDouble() : null,
                contents.HasFlag(StandingContents.PreviousRank) ? reader.ReadInt32() : null,
                contents.HasFlag(StandingContents.Rank) ? reader.ReadInt32() : null);
        }

        return standings;
    }

    private static StandingContents ContentsOf(in ScoreStanding standing) =>
        (standing.PreviousScore is null ? 0 : StandingContents.PreviousScore)
        | (standing.Score is null ? 0 : StandingContents.Score)
        | (standing.PreviousRank is null ? 0 : StandingContents.PreviousRank)
        | (standing.Rank is null ? 0 : StandingContents.Rank);
}
