namespace Laurel.GrainInterfaces;

/// <summary>
/// The byte format of one event, little-endian, read where it lies: nothing is parsed a second time between the gateway and the scores.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>head, 40 bytes</term><description>length of all (4), number of attributes (4), id: the first 64 bits of the event id's SHA-256 (8),
/// timestamp in microseconds since the Unix epoch (8), lengths of type, actor id, name and metadata (4 each; −1 for no name or metadata)</description></item>
/// <item><term>attributes, 24 bytes each</term><description>hash of the path (8), value (8: a double, 0 or 1, or where a text begins and its
/// length, 4 each), where the path begins (4), its length (3), kind (1: <see cref="EventValueKind"/>)</description></item>
/// <item><term>texts</term><description>type, actor id, name, metadata (a JSON object), then paths and text values; all positions count from here</description></item>
/// </list>
/// Objects and arrays are attributes without a value; an object's members are attributes as well. Of two attributes with the same path the last one counts.
/// </remarks>
public static class EventFormat
{
    /// <summary>The most attributes of an event: each filter of each board may look through them.</summary>
    public const int MostAttributes = 1000;

    /// <summary>The longest path of an attribute, in UTF-8 bytes.</summary>
    public const int LongestPath = 1000;

    internal const int HeadSize = 40;
    internal const int AttributeSize = 24;
    internal const int LengthAt = 0;
    internal const int CountAt = 4;
    internal const int IdAt = 8;
    internal const int TimestampAt = 16;
    internal const int TypeAt = 24;
    internal const int ActorAt = 28;
    internal const int NameAt = 32;
    internal const int MetadataAt = 36;
}

/// <summary>What an attribute of an event is. Released members keep their numbers.</summary>
public enum EventValueKind : byte
{
    /// <summary>There is none of that path.</summary>
    Missing = 0,

    /// <summary>A finite number.</summary>
    Number = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,

    /// <summary>Text.</summary>
    Text = 3,

    /// <summary>An object or an array.</summary>
    Other = 4,
}
