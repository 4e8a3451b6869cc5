namespace Laurel.Storage;

/// <summary>
/// Changes that go into the journal as one blob: already applied in memory, not durable yet. Made by <see cref="SeasonState"/>, which
/// confirms it or rolls it back.
/// </summary>
public sealed class ChangeSet
{
    private readonly List<Mark> _marks = [];

    internal ChangeSet(long lastSequence) => FirstSequence = LastSequence = lastSequence;

    internal JournalWriter Writer { get; } = new();

    /// <summary>What the changed slots held before, in order of the changes.</summary>
    internal PooledList<PreImage> PreImages { get; } = new();

    /// <summary>Requests whose outcomes it brings.</summary>
    internal List<Guid> Requests { get; } = [];

    /// <summary>Sources of deliveries that it takes, with their positions before.</summary>
    internal List<(string Source, long Before)> Deliveries { get; } = [];

    /// <summary>Whether it is what seals the season.</summary>
    internal bool Seals { get; set; }

    /// <summary>Texts that go when it is rolled back.</summary>
    internal List<TextHandle> AddedTexts { get; } = [];

    /// <summary>Texts that go when it is durable.</summary>
    internal List<TextHandle> ReplacedTexts { get; } = [];

    /// <summary>Subjects that go when it is durable.</summary>
    internal List<int> ForgottenSlots { get; } = [];

    /// <summary>The time that records written now take; <see cref="long.MinValue"/> at the blob's beginning.</summary>
    internal long Time { get; set; } = long.MinValue;

    /// <summary>The sequence before its first record.</summary>
    public long FirstSequence { get; }

    /// <summary>The sequence of its last record.</summary>
    public long LastSequence { get; internal set; }

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => LastSequence == FirstSequence;

    /// <summary>The blob's size so far, in bytes.</summary>
    public int Length => Writer.Length;

    /// <summary>Unique facts to be written with it.</summary>
    public IReadOnlyList<Mark> Marks => _marks;

    /// <summary>Adds a unique fact.</summary>
    public void Add(Mark mark) => _marks.Add(mark);

    /// <summary>The blob for the journal, good until the set is let go. Nothing may be added after.</summary>
    public ReadOnlyMemory<byte> ToBlob() => Writer.Finish();

    /// <summary>Gives its memory back to the pool: it is confirmed or rolled back, and nobody looks at it any more.</summary>
    public void LetGo()
    {
        Writer.LetGo();
        PreImages.LetGo();
    }
}
