namespace Laurel.Standalone.Commands;

/// <summary>A source that was opened, or why it was not.</summary>
/// <param name="Source">The caller's, to be disposed.</param>
/// <param name="Mistake">What to tell people, and what to do about it.</param>
internal sealed record SourceOpening(IScoreSource? Source, string? Mistake)
{
    /// <summary>It cannot be read.</summary>
    public static SourceOpening Failed(string mistake) => new(null, mistake);

    /// <summary>It is open.</summary>
    public static SourceOpening Of(IScoreSource source) => new(source, null);
}
