namespace Laurel.Standalone.Commands;

/// <summary>What became of the scores of one request, or why the whole import cannot go on.</summary>
/// <param name="Outcomes">One per score, in order; null when the import cannot go on.</param>
/// <param name="Stop">What to tell people, and what to do about it.</param>
internal sealed record TargetAnswer(LineOutcome[]? Outcomes, string? Stop)
{
    /// <summary>The server decided on each score.</summary>
    public static TargetAnswer Of(LineOutcome[] outcomes) => new(outcomes, null);

    /// <summary>The import cannot go on.</summary>
    public static TargetAnswer Stopped(string reason) => new(null, reason);
}
