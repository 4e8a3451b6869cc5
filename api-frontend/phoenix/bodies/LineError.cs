namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Why one line of a bulk request failed.</summary>
/// <param name="Line">Counted from 1, empty lines too.</param>
/// <param name="Message">The reason.</param>
internal sealed record LineError(long Line, string Message);
