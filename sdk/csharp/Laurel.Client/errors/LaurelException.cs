namespace Laurel.Client;

/// <summary>The server did not do what it was asked. What derives from it says why; as it is, it is an answer that nobody expected.</summary>
public class LaurelException : Exception
{
    /// <param name="status">The HTTP status; 0 when there was no answer.</param>
    /// <param name="code">The server's code, such as <c>NOT_FOUND</c>.</param>
    /// <param name="message">For people.</param>
    /// <param name="cause">What happened below; null when the server answered.</param>
    public LaurelException(int status, string code, string message, Exception? cause = null) : base(message, cause) => (Status, Code) = (status, code);

    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; }

    /// <summary>The server's code, such as <c>NOT_FOUND</c>.</summary>
    public string Code { get; }

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>When a submission failed: the outcomes of its first scores, which are settled. Empty otherwise.</summary>
    public IReadOnlyList<ScoreOutcome> Outcomes { get; internal set; } = [];

    /// <summary>When a submission failed: the scores behind those, which may be submitted again as they are. Empty otherwise.</summary>
    public IReadOnlyList<Score> Unsettled { get; internal set; } = [];
}
