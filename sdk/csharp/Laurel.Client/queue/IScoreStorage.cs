namespace Laurel.Client;

/// <summary>Where a <see cref="ScoreQueue"/> keeps its scores: one text, at most some hundred kilobytes, of one queue alone. Calls come one at a time.</summary>
public interface IScoreStorage
{
    /// <summary>The text written last; null when there is none.</summary>
    /// <exception cref="Exception">It cannot be read.</exception>
    Task<string?> ReadAsync();

    /// <summary>Puts the text in place of the one before, as a whole: when the process dies meanwhile, one of the two remains.</summary>
    /// <exception cref="Exception">It cannot be written; the one before remains.</exception>
    Task WriteAsync(string text);
}
