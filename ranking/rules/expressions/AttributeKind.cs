namespace Laurel.Ranking;

/// <summary>What an attribute of an event is.</summary>
public enum AttributeKind : byte
{
    /// <summary>The event has none of that path, or it is null.</summary>
    Missing = 0,

    /// <summary>A finite number.</summary>
    Number = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,

    /// <summary>Text.</summary>
    Text = 3,

    /// <summary>It is there, and no single value: an object or an array.</summary>
    Other = 4,
}
