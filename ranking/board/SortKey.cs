namespace Laurel.Ranking;

/// <summary>The place of an entry in its board's order, up to its id: the smaller key is ahead.</summary>
/// <param name="Score">The image of the score, see <see cref="ScoreOrder"/>.</param>
/// <param name="Time">Microseconds since the Unix epoch.</param>
internal readonly record struct SortKey(long Score, long Time) : IComparable<SortKey>
{
    public int CompareTo(SortKey other) => Score != other.Score ? Score.CompareTo(other.Score) : Time.CompareTo(other.Time);
}
