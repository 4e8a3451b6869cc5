namespace Laurel.Storage;

/// <summary>One append.</summary>
public sealed class JournalAppend
{
    /// <summary>The journal as its owner opened it.</summary>
    public required JournalHead Head { get; init; }

    /// <summary>The last sequence of the journal before this.</summary>
    public required long ExpectedLast { get; init; }

    /// <summary>The last sequence after it; greater than <see cref="ExpectedLast"/>.</summary>
    public required long NewLast { get; init; }

    /// <summary>The blob.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Unique facts to be written with it, all or none; usually none.</summary>
    public IReadOnlyList<Mark> Marks { get; init; } = [];

    /// <summary>The same with buffers of its own.</summary>
    public JournalAppend Copy() => new()
    {
        Head = Head,
        ExpectedLast = ExpectedLast,
        NewLast = NewLast,
        Data = Data.ToArray(),
        Marks = [.. Marks.Select(mark => mark with { Key = mark.Key.ToArray(), Data = mark.Data.ToArray() })],
    };
}

/// <summary>
/// A fact that may be written once: an idempotency key with its outcome. An expired one counts as absent, and is deleted by the writer
/// when it has nothing else to do.
/// </summary>
/// <param name="Scope">Within what it is unique.</param>
/// <param name="Key">At most 64 bytes.</param>
/// <param name="Data">What is to be remembered.</param>
/// <param name="Expires">When it is forgotten, to the millisecond.</param>
public sealed record Mark(string Scope, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Data, DateTimeOffset Expires);
