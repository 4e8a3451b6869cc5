namespace Laurel.Client;

/// <summary>The server did not answer, or could not serve, at all attempts (no answer, 408, 5xx).</summary>
public sealed class LaurelUnavailableException : LaurelException
{
    /// <inheritdoc/>
    public LaurelUnavailableException(int status, string code, string message, Exception? cause = null) : base(status, code, message, cause)
    {
    }
}
