using Laurel.Ranking;

namespace Laurel.Bench.Micro;

/// <summary>Laurel's board, full of subjects <c>player-000000000</c> and up, and the loops to be timed.</summary>
internal sealed class BoardContestant
{
    private const int IdBytes = 16;
    private const int MostTogether = 100;

    private readonly int _entries;
    private readonly ScoreKind _kind;
    private readonly Random _random = new(1);
    private readonly byte[] _ids = new byte[MostTogether * IdBytes];
    private readonly int[] _ends = [.. Enumerable.Range(1, MostTogether).Select(static i => i * IdBytes)];
    private readonly int[] _slots = new int[MostTogether];
    private long _clock = 1_790_000_000_000_000;

    public BoardContestant(int entries, ScoreKind kind)
    {
        (_entries, _kind) = (entries, kind);
        Board = new Board(Direction.Descending, entries);
        for (var i = 0; i < entries; i++)
        {
            WriteId(i, _ids);
            Board.Stage(Board.Add(_ids.AsSpan(0, IdBytes)), NextScore(), NextTime());
        }

        Board.PlaceStaged();
    }

    public Board Board { get; }

    /// <summary>Gives random subjects new scores, in batches, and takes their new ranks. Returns something that depends on all of them.</summary>
    public long Upsert(int count)
    {
        var sum = 0L;
        for (; count > 0; count -= MostTogether)
            sum += UpsertBatch(Math.Min(count, MostTogether));
        return sum;
    }

    /// <summary>The same for at most a hundred.</summary>
    public long UpsertBatch(int count)
    {
        for (var i = 0; i < count; i++)
            WriteId(_random.Next(_entries), _ids.AsSpan(i * IdBytes));
        Board.Find(_ids.AsSpan(0, count * IdBytes), _ends.AsSpan(0, count), _slots.AsSpan(0, count));
        var sum = 0L;
        foreach (var slot in _slots.AsSpan(0, count))
            sum += Board.Place(slot, NextScore(), NextTime());
        return sum;
    }

    /// <summary>The slot of a random subject, found by its id.</summary>
    public int FindAny()
    {
        WriteId(_random.Next(_entries), _ids);
        return Board.Find(_ids.AsSpan(0, IdBytes));
    }

    private static void WriteId(int number, Span<byte> id)
    {
        "player-000000000"u8.CopyTo(id);
        for (var at = IdBytes - 1; number > 0; at--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            id[at] += (byte)digit;
        }
    }

    private double NextScore() => _kind switch
    {
        ScoreKind.Random => _random.NextDouble() * 1e6,
        ScoreKind.Whole => _random.Next(100_000),
        _ => _random.Next(1, 11),
    };

    private long NextTime() => _clock += _random.Next(2000);
}
