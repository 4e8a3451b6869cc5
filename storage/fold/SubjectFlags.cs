namespace Laurel.Storage;

/// <summary>What a season keeps of a subject beside the score.</summary>
[Flags]
public enum SubjectFlags : byte
{
    None = 0,

    /// <summary>The players register knows the subject.</summary>
    Registered = 1,

    /// <summary>The subject stands on no list.</summary>
    Hidden = 2,

    /// <summary>The subject has an entry. Never journaled: a row says it.</summary>
    Scored = 4,

    /// <summary>Nothing is to be left of the subject once that is durable. Never journaled: a forget record says it.</summary>
    Forgotten = 8,
}
