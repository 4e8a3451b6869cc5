using System.Text;

namespace Laurel.Ranking.Tests;

/// <summary>Lists of a size that the step-by-step properties do not reach: several lanes, built, worn down and rebuilt.</summary>
public sealed class SkipListTests
{
    private const int Many = 500_000;

    [Fact]
    public void A_list_of_three_lanes_stays_in_order_until_it_is_empty_and_again_until_it_is_full()
    {
        var random = Seeded.Random(out _);
        var board = Filled(Many, random, _ => random.Next(100_000));
        Assert.Equal(3, board.List.Lanes.Height);
        SkipListAudit.Check(board.List, board.Entries);

        var slots = Enumerable.Range(0, Many).ToArray();
        random.Shuffle(slots);
        for (var i = 0; i < Many; i++)
        {
            board.Unlist(slots[i]);
            if (i % (Many / 10) == 0 || i > Many - 10)
            {
                SkipListAudit.Check(board.List, board.Entries);
            }
        }

        Assert.Equal(0, board.Count);
        Assert.Equal(1, board.List.Lanes.Height);
        for (var i = 0; i < Many; i++)
        {
            board.Place(slots[i], board.ScoreOf(slots[i]), board.TimeOf(slots[i]));
        }

        SkipListAudit.Check(board.List, board.Entries);
        Assert.Equal(3, board.List.Lanes.Height);
        AssertRanks(board, random);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_that_come_in_order_fill_runs_as_well_as_random_ones(bool upwards)
    {
        var board = new Board(Direction.Ascending);
        for (var i = 0; i < 50_000; i++)
        {
            board.Place(board.Add(Encoding.UTF8.GetBytes($"{i}")), upwards ? i : -i, 0);
        }

        SkipListAudit.Check(board.List, board.Entries);
        Assert.InRange(SkipListAudit.FillOf(board.List), 0.75, 1);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10)]
    public void Runs_stay_well_filled_under_updates(int scores)
    {
        var random = Seeded.Random(out _);
        var board = Filled(50_000, random, _ => random.Next(scores));
        var clock = 0L;
        for (var i = 0; i < 300_000; i++)
        {
            board.Place(random.Next(50_000), random.Next(scores), clock += random.Next(1000));
        }

        SkipListAudit.Check(board.List, board.Entries);
        Assert.InRange(SkipListAudit.FillOf(board.List), 0.65, 0.95);
    }

    [Fact]
    public void Removing_from_one_end_leaves_nothing_behind()
    {
        var random = Seeded.Random(out _);
        var board = Filled(100_000, random, i => i);
        var page = new int[1000];
        while (board.Count > 0)
        {
            var count = board.Page(random.Next(2) == 0 ? 0 : Math.Max(0, board.Count - page.Length), page);
            foreach (var slot in page.AsSpan(0, count))
            {
                board.Remove(slot);
            }

            SkipListAudit.Check(board.List, board.Entries);
        }

        Assert.Equal(0, board.SubjectCount);
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        var random = Seeded.Random(out _);
        var board = Filled(20_000, random, _ => random.NextDouble());
        Update(board, random, 20_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Update(board, random, 20_000);
        var perUpdate = (GC.GetAllocatedBytesForCurrentThread() - before) / 20_000.0;
        Assert.True(perUpdate < 8, $"{perUpdate} bytes an update: more than a page of runs now and then");
    }

    [Fact]
    public void A_subject_with_an_id_of_sixteen_bytes_takes_about_54_bytes()
    {
        var random = Seeded.Random(out _);
        var board = Filled(200_000, random, _ => random.NextDouble());
        Assert.InRange(board.AllocatedBytes / 200_000.0, 45, 57);
    }

    private static Board Filled(int count, Random random, Func<int, double> scoreOf)
    {
        var board = new Board(Direction.Descending);
        for (var i = 0; i < count; i++)
        {
            board.Stage(board.Add(Encoding.UTF8.GetBytes($"player-{i:d9}")), scoreOf(i), random.Next(1000));
        }

        board.PlaceStaged();
        return board;
    }

    private static void Update(Board board, Random random, int times)
    {
        for (var i = 0; i < times; i++)
        {
            board.Place(random.Next(board.SlotCapacity), random.NextDouble(), i);
        }
    }

    private static void AssertRanks(Board board, Random random)
    {
        var order = new int[board.Count];
        board.Page(0, order);
        for (var i = 0; i < 10_000; i++)
        {
            var rank = random.Next(order.Length) + 1;
            Assert.Equal(rank, board.RankOf(order[rank - 1]));
        }
    }
}
