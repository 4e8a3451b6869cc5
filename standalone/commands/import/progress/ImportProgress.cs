namespace Laurel.Standalone.Commands;

/// <summary>How far an import is.</summary>
/// <param name="Done">How much of the source is settled.</param>
/// <param name="Size">How much there is.</param>
/// <param name="Lines">Lines settled by this run.</param>
/// <param name="Refused">Lines that did not go in, earlier runs included.</param>
/// <param name="Rate">Lines per second of this run.</param>
/// <param name="Remaining">Null while nobody can say.</param>
internal readonly record struct ImportProgress(long Done, long Size, long Lines, long Refused, double Rate, TimeSpan? Remaining);
