namespace Laurel.Ranking;

/// <summary>An event's attributes, by the numbers that a <see cref="PathTable"/> gave to their paths.</summary>
public interface IEventAttributes
{
    /// <summary>The attribute's value; of the kind <see cref="AttributeKind.Missing"/> when there is none. Must not allocate.</summary>
    AttributeValue Get(int path);
}
