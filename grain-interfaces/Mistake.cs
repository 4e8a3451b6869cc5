namespace Laurel.GrainInterfaces;

/// <summary>One broken rule of a request.</summary>
/// <param name="Path">Where, as a dotted path from the body's root: <c>config.timeframe.reset_day</c>.</param>
/// <param name="Message">What is wrong and what would be right, a sentence without a full stop.</param>
public sealed record Mistake(string Path, string Message);
