namespace Laurel.Standalone.Commands;

/// <summary>Why some lines did not go in.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstLines">The first of them, at most five.</param>
internal sealed record RefusalReason(string Reason, long Count, IReadOnlyList<long> FirstLines);
