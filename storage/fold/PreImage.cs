using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>What a slot held before a change that is not durable yet.</summary>
internal readonly struct PreImage
{
    public required int Slot { get; init; }

    /// <summary>The subject was not known: undoing takes it out of the index.</summary>
    public required bool WasUnknown { get; init; }

    public SubjectFlags Flags { get; init; }

    public EntryValue Value { get; init; }

    public EntryDetails Details { get; init; }
}
