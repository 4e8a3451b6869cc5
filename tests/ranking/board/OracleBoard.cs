using System.Text;

namespace Laurel.Ranking.Tests;

/// <summary>A board the obvious way: a list that is kept sorted by comparing doubles, times and bytes one after the other.</summary>
internal sealed class OracleBoard(Direction direction)
{
    private readonly List<Standing> _order = [];

    public Dictionary<string, Standing> Subjects { get; } = [];

    public IReadOnlyList<Standing> Order => _order;

    public Standing Add(string id)
    {
        var standing = new Standing(id);
        Subjects.Add(id, standing);
        return standing;
    }

    public void Place(Standing standing, double score, long time)
    {
        SetUnlisted(standing, score, time);
        _order.Insert(CountBefore(score, time, standing.Utf8), standing);
        standing.Listed = true;
    }

    public void SetUnlisted(Standing standing, double score, long time)
    {
        Unlist(standing);
        (standing.Score, standing.Time, standing.HasScore) = (score, time, true);
    }

    public void Unlist(Standing standing)
    {
        if (standing.Listed)
        {
            _order.RemoveAt(RankOf(standing) - 1);
            standing.Listed = false;
        }
    }

    public void Remove(Standing standing)
    {
        Unlist(standing);
        Subjects.Remove(standing.Id);
    }

    public int RankOf(Standing standing) =>
        standing.Listed ? CountBefore(standing.Score, standing.Time, standing.Utf8) + 1 : 0;

    public int StandardRankOf(Standing standing) => standing.Listed ? CountBefore(standing.Score) + 1 : 0;

    public int CountBefore(double score) => CountWhile(other => Ahead(other.Score, score));

    public int CountBefore(double score, long time, byte[] id) => CountWhile(other => IsAhead(other, score, time, id));

    public Standing[] NextFrom(double score, long time, byte[] id, int count) =>
        [.. _order.Skip(CountBefore(score, time, id)).Take(count)];

    private bool IsAhead(Standing other, double score, long time, byte[] id)
    {
        if (other.Score != score)
        {
            return Ahead(other.Score, score);
        }

        return other.Time != time ? other.Time < time : Compare(other.Utf8, id) < 0;
    }

    private bool Ahead(double left, double right) => direction == Direction.Ascending ? left < right : left > right;

    /// <summary>The condition holds for a first part of the order and for no entry behind it.</summary>
    private int CountWhile(Func<Standing, bool> condition)
    {
        var (from, to) = (0, _order.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = condition(_order[middle]) ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private static int Compare(byte[] left, byte[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                return left[i] - right[i];
            }
        }

        return left.Length - right.Length;
    }

    internal sealed class Standing(string id)
    {
        public string Id { get; } = id;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(id);

        public double Score { get; set; }

        public long Time { get; set; }

        public bool HasScore { get; set; }

        public bool Listed { get; set; }

        public byte Flags { get; set; }

        public int Slot { get; set; }
    }
}
