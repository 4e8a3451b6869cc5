namespace Laurel.Standalone.Commands;

/// <summary>
/// Where scores come from: a file, or another system. It is read once from its cursor to its end, holds a bounded part in memory, and
/// knows nothing of where the scores go. Read by one caller at a time.
/// </summary>
internal interface IScoreSource : IAsyncDisposable
{
    /// <summary>What people are told about how it is read, such as <c>user = scorer, score = 1</c>.</summary>
    string Description { get; }

    /// <summary>Where a later reading goes on behind the items read so far.</summary>
    string Cursor { get; }

    /// <summary>The number of the item that comes next.</summary>
    long Next { get; }

    /// <summary>How much of it lies behind, in units of <see cref="Size"/>.</summary>
    long Done { get; }

    /// <summary>How much there is in all: bytes of a file.</summary>
    long Size { get; }

    /// <summary>How many items this reading passed over because they were not asked for.</summary>
    long Skipped { get; }

    /// <summary>The next item; null after the last.</summary>
    /// <exception cref="IOException">The source cannot be read further.</exception>
    ValueTask<SourceItem?> ReadAsync(CancellationToken cancellation);
}
