namespace Laurel.Tests.Support;

/// <summary>What a <see cref="FaultyStore"/> does to one write.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not written, and ends as failed.</summary>
    Failed,

    /// <summary>It is not written, and ends as lost.</summary>
    Lost,

    /// <summary>It is not written, and ends as unknown.</summary>
    UnknownNotWritten,

    /// <summary>It is written, and ends as unknown.</summary>
    UnknownWritten,

    /// <summary>
    /// It ends as unknown at once and reaches the store later: just before the next opening of any journal, when it still may take
    /// effect. Records commits are written at once.
    /// </summary>
    UnknownLate,

    /// <summary>The same, but just after the next opening, when the fence must refuse it.</summary>
    UnknownTooLate,
}
