namespace Laurel.Client;

/// <summary>An answer.</summary>
public sealed class LaurelResponse
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, read as UTF-8.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>; null when there is none.</param>
    public LaurelResponse(int status, string body, string? retryAfter = null) => (Status, Body, RetryAfter) = (status, body, retryAfter);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The body.</summary>
    public string Body { get; }

    /// <summary>The header <c>Retry-After</c>; null when there is none.</summary>
    public string? RetryAfter { get; }
}
