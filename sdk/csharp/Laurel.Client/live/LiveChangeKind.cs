namespace Laurel.Client;

/// <summary>What became of an entry.</summary>
public enum LiveChangeKind
{
    /// <summary>It came.</summary>
    Insert,

    /// <summary>Its score, name or rank changed.</summary>
    Update,

    /// <summary>It is gone.</summary>
    Delete,
}
