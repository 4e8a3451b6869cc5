namespace Laurel.Standalone.Commands;

/// <summary>What became of one score.</summary>
/// <param name="Status">Whether it went in.</param>
/// <param name="Reason">Why it did not; null when it did.</param>
internal readonly record struct LineOutcome(LineStatus Status, string? Reason = null);
