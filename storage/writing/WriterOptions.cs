namespace Laurel.Storage.Writing;

/// <summary>The bounds of a store's one writer.</summary>
public sealed class WriterOptions
{
    /// <summary>Requests that may wait; one more is refused.</summary>
    public int QueuedRequests { get; init; } = 16_384;

    /// <summary>Bytes that may wait; a request that would exceed them is refused, unless nothing waits.</summary>
    public long QueuedBytes { get; init; } = 64 << 20;

    /// <summary>Rows of one transaction; a single request may have more.</summary>
    public int GroupRows { get; init; } = 1024;

    /// <summary>Bytes of one transaction; a single request may have more.</summary>
    public long GroupBytes { get; init; } = 4 << 20;

    /// <summary>
    /// How long a request may wait for its outcome. Past it, one that still waits in the queue ends as
    /// <see cref="WriteOutcome.Failed"/>, and one that is being committed as <see cref="WriteOutcome.Unknown"/>.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(8);
}
