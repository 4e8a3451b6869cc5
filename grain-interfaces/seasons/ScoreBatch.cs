namespace Laurel.GrainInterfaces;

/// <summary>
/// Scores to be applied to one season, in order; flat arrays, so that a batch costs a handful of allocations however many scores it
/// has. Never changed after it was made. Its byte format is <see cref="ScoreBatchFormat"/>.
/// </summary>
public sealed class ScoreBatch
{
    /// <summary>Stamped once by whoever received the scores; a repeat with the same id is answered from the first one's outcome.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>When the gateway received the scores: decides the season. Microseconds since the Unix epoch.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>The subjects' ids in UTF-8, one after the other.</summary>
    public required byte[] Ids { get; init; }

    /// <summary>Where each id ends in <see cref="Ids"/>; one per score.</summary>
    public required int[] IdEnds { get; init; }

    /// <summary>Finite scores, one per id.</summary>
    public required double[] Scores { get; init; }

    /// <summary>When each score was achieved, microseconds since the Unix epoch.</summary>
    public required long[] AchievedAt { get; init; }

    /// <summary>What native and Rankora submissions bring besides, one per score; null for none.</summary>
    public ScoreExtra?[]? Extras { get; init; }

    /// <summary>Whether previous and new scores and ranks are wanted in the outcomes.</summary>
    public bool WantStandings { get; init; }

    /// <summary>How many scores.</summary>
    public int Count => Scores.Length;

    /// <summary>The id of a score's subject, in UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(int index)
    {
        var start = index == 0 ? 0 : IdEnds[index - 1];
        return Ids.AsSpan(start, IdEnds[index] - start);
    }
}

/// <summary>The rarer parts of one submitted score.</summary>
/// <param name="Name">Replaces the entry's name; null leaves it.</param>
/// <param name="Metadata">A JSON object's text, replaces the entry's metadata; null leaves it, empty clears it.</param>
/// <param name="IdempotencyKey">1 to 128 characters; the same key within 24 h on the same board is answered from the first outcome.</param>
/// <param name="Fingerprint">A hash of what the sender wrote: the same key with another fingerprint is a conflict. 0 without a key.</param>
public sealed record ScoreExtra(string? Name, string? Metadata, string? IdempotencyKey, ulong Fingerprint = 0);
