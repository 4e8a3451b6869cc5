namespace Laurel.ApiFrontend;

/// <summary>Whether a request may be served.</summary>
/// <param name="Granted">It may.</param>
/// <param name="RetryAfter">When it may not: after this there is a permit again. Null when nobody could say.</param>
internal readonly record struct Permit(bool Granted, TimeSpan? RetryAfter)
{
    /// <summary>It may.</summary>
    public static readonly Permit Yes = new(true, null);

    /// <summary>The permits' grain does not answer: nothing is served, since the limit holds in any case.</summary>
    public static readonly Permit Undecided = new(false, null);

    /// <summary>The limit is reached.</summary>
    public static Permit No(TimeSpan retryAfter) => new(false, retryAfter);

    /// <summary>What <c>Retry-After</c> says: whole seconds, at least 1.</summary>
    public int RetryAfterSeconds => RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
}
