namespace Laurel.Ranking;

/// <summary>One thing that is wrong with a board's configuration.</summary>
/// <param name="Path">Where, in the configuration's own terms: <c>timeframe.reset_day</c>.</param>
/// <param name="Message">What to change, a sentence without a full stop.</param>
public sealed record ConfigMistake(string Path, string Message);
