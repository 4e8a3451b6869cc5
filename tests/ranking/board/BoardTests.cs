using System.Text;

namespace Laurel.Ranking.Tests;

public sealed class BoardTests
{
    [Fact]
    public void Ties_go_to_the_earlier_time_and_then_to_the_smaller_id()
    {
        var board = new Board(Direction.Descending);
        var late = Place(board, "a", 10, time: 2);
        var early = Place(board, "b", 10, time: -1);
        var first = Place(board, "Z", 10, time: 2);
        var best = Place(board, "z", 11, time: 9);
        Assert.Equal([best, early, first, late], Page(board));
    }

    [Fact]
    public void Standard_ranks_are_shared_by_equal_scores()
    {
        var board = new Board(Direction.Descending);
        int[] slots = [Place(board, "a", 30, 0), Place(board, "b", 20, 0), Place(board, "c", 20, 1), Place(board, "d", 10, 0)];
        Assert.Equal([1, 2, 2, 4], slots.Select(board.StandardRankOf));
        Assert.Equal([1, 2, 3, 4], slots.Select(board.RankOf));
    }

    [Fact]
    public void A_hidden_subject_keeps_its_score_and_leaves_no_gap()
    {
        var board = new Board(Direction.Ascending);
        var (first, second) = (Place(board, "a", 1, 5), Place(board, "b", 2, 6));
        board.Unlist(first);
        Assert.Equal((0, 1), (board.RankOf(first), board.RankOf(second)));
        Assert.Equal((1.0, 5L, true, false), (board.ScoreOf(first), board.TimeOf(first), board.HasScore(first), board.IsListed(first)));
        Assert.Equal(1, board.Place(first, board.ScoreOf(first), board.TimeOf(first)));
        Assert.Equal(2, board.RankOf(second));
    }

    [Fact]
    public void A_removed_slot_goes_to_the_next_subject_without_a_trace()
    {
        var board = new Board(Direction.Descending);
        var slot = Place(board, "a", 1, 1);
        board.Flags(slot) = 0xff;
        board.Remove(slot);
        Assert.Equal(slot, board.Add("b"u8));
        Assert.Equal((0, false, false), (board.Flags(slot), board.HasScore(slot), board.IsListed(slot)));
        Assert.True(double.IsNaN(board.ScoreOf(slot)));
    }

    [Fact]
    public void A_page_past_the_end_is_empty_and_one_across_it_short()
    {
        var board = new Board(Direction.Descending);
        for (var i = 0; i < 10; i++)
        {
            Place(board, $"{i}", i, 0);
        }

        var slots = new int[5];
        Assert.Equal((5, 2, 0, 0), (board.Page(5, slots), board.Page(8, slots), board.Page(10, slots), board.Page(int.MaxValue, slots)));
        Assert.Equal(0, new Board(Direction.Ascending).Page(0, slots));
    }

    [Fact]
    public void Neighbours_are_cut_off_at_the_ends()
    {
        var board = new Board(Direction.Descending);
        int[] order = [.. Enumerable.Range(0, 10).Select(i => Place(board, $"{i}", -i, 0))];
        var slots = new int[5];
        Assert.Equal(4, board.Around(order[1], 2, slots, out var firstRank));
        Assert.Equal((1, order[0], order[3]), (firstRank, slots[0], slots[3]));
        Assert.Equal(5, board.Around(order[5], 2, slots, out firstRank));
        Assert.Equal((4, order[5]), (firstRank, slots[2]));
        Assert.Equal(10, board.Around(order[5], int.MaxValue, new int[20], out _));
    }

    [Fact]
    public void Misuse_throws()
    {
        var board = new Board(Direction.Descending);
        var slot = Place(board, "a", 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Add([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Add(new byte[513]));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Place(slot, double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Place(slot + 1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.RankOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Page(-1, new int[1]));
        board.Remove(slot);
        Assert.Throws<ArgumentOutOfRangeException>(() => board.ScoreOf(slot));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Remove(slot));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.IdOf(slot).Length);
    }

    [Theory]
    [InlineData(Direction.Ascending)]
    [InlineData(Direction.Descending)]
    public void Staging_ends_where_placing_one_by_one_does(Direction direction)
    {
        var random = Seeded.Random(out _);
        var (staged, placed) = (new Board(direction), new Board(direction));
        for (var i = 0; i < 30_000; i++)
        {
            var (score, time) = (random.Next(1000), random.Next(20));
            var id = Encoding.UTF8.GetBytes($"{i * 7919 % 100_003}");
            placed.Place(placed.Add(id), score, time);
            staged.Stage(staged.Add(id), score, time);
            if (i is 10_000 or 10_100)
            {
                staged.PlaceStaged();
            }
        }

        staged.PlaceStaged();
        SkipListAudit.Check(staged.List, staged.Entries);
        Assert.Equal(Page(placed), Page(staged));
    }

    private static int Place(Board board, string id, double score, long time)
    {
        var slot = board.Add(Encoding.UTF8.GetBytes(id));
        board.Place(slot, score, time);
        return slot;
    }

    private static int[] Page(Board board)
    {
        var slots = new int[board.Count];
        board.Page(0, slots);
        return slots;
    }
}
