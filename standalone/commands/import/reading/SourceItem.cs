namespace Laurel.Standalone.Commands;

/// <summary>What a source holds at one place: a score, or something that is none.</summary>
/// <param name="Number">Its place: a file's line, counted from 1.</param>
/// <param name="Score">Null when it is no score.</param>
/// <param name="Mistake">Why it is none.</param>
/// <param name="Text">The beginning of what stands there when it is none.</param>
internal readonly record struct SourceItem(long Number, ScoreLine? Score, string? Mistake, string? Text)
{
    /// <summary>What it is recognized by when it comes again; null where its number is always the same.</summary>
    public string? Key { get; init; }

    /// <summary>A score.</summary>
    public static SourceItem Of(long number, ScoreLine score) => new(number, score, null, null);

    /// <summary>No score.</summary>
    public static SourceItem Bad(long number, string mistake, string text) => new(number, null, mistake, text);
}
