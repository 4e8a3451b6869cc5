namespace Laurel.Client;

/// <summary>The request breaks a rule (400).</summary>
public sealed class LaurelInvalidRequestException : LaurelException
{
    /// <inheritdoc cref="LaurelException(int, string, string, System.Exception)"/>
    /// <param name="details">Every mistake.</param>
    public LaurelInvalidRequestException(int status, string code, string message, IReadOnlyList<LaurelMistake> details) : base(status, code, message) =>
        Details = details;

    /// <summary>Every mistake; empty when the message says it all.</summary>
    public IReadOnlyList<LaurelMistake> Details { get; }
}
