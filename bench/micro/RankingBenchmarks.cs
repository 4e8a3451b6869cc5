using BenchmarkDotNet.Attributes;

namespace Laurel.Bench.Micro;

/// <summary>Operations on a board of so many entries with ids of 16 bytes and random scores. All times are per operation.</summary>
[MemoryDiagnoser]
public class RankingBenchmarks
{
    private const int Operations = 100;

    private readonly int[] _top = new int[100];
    private readonly int[] _around = new int[21];
    private BoardContestant _board = null!;

    [Params(10_000, 1_000_000, 10_000_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Load() => _board = new BoardContestant(Entries, ScoreKind.Random);

    [Benchmark(Description = "upsert by id, with its new rank", OperationsPerInvoke = Operations)]
    public long Upsert() => _board.UpsertBatch(Operations);

    [Benchmark(Description = "rank by id", OperationsPerInvoke = Operations)]
    public long Rank()
    {
        var sum = 0L;
        for (var i = 0; i < Operations; i++)
            sum += _board.Board.RankOf(_board.FindAny());
        return sum;
    }

    [Benchmark(Description = "top 100")]
    public int Top() => _board.Board.Page(0, _top);

    [Benchmark(Description = "10 each side of an id", OperationsPerInvoke = Operations)]
    public long Around()
    {
        var sum = 0L;
        for (var i = 0; i < Operations; i++)
        {
            _board.Board.Around(_board.FindAny(), 10, _around, out var firstRank);
            sum += firstRank;
        }

        return sum;
    }
}
