namespace Laurel.Ranking;

/// <summary>
/// An event's attributes, by the numbers that a <see cref="PathTable"/> gave to their paths. Rules ask for one as often as they speak of
/// it. Nothing here may allocate.
/// </summary>
public interface IEventAttributes
{
    /// <summary>What an attribute is.</summary>
    /// <param name="path">The path's number.</param>
    /// <param name="number">Of a number; 1 for true and 0 for false; of the other kinds it says nothing.</param>
    AttributeKind Get(int path, out double number);

    /// <summary>The text of an attribute that is one, in UTF-8.</summary>
    /// <param name="path">The path's number.</param>
    ReadOnlySpan<byte> TextOf(int path);
}
