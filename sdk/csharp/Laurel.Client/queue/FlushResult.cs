namespace Laurel.Client;

/// <summary>What a flush of the queue came to.</summary>
public sealed class FlushResult
{
    internal FlushResult(IReadOnlyList<SettledScore> settled, int remaining, LaurelException? trouble) =>
        (Settled, Remaining, Trouble) = (settled, remaining, trouble);

    /// <summary>The scores that have left the queue, in their order.</summary>
    public IReadOnlyList<SettledScore> Settled { get; }

    /// <summary>How many still wait.</summary>
    public int Remaining { get; }

    /// <summary>Why they wait, such as a <see cref="LaurelUnavailableException"/> without a connection; null when none was left over.</summary>
    public LaurelException? Trouble { get; }
}
