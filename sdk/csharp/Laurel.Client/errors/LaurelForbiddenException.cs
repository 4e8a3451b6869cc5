namespace Laurel.Client;

/// <summary>The key does not allow it (403).</summary>
public sealed class LaurelForbiddenException : LaurelException
{
    /// <inheritdoc/>
    public LaurelForbiddenException(int status, string code, string message, Exception? cause = null) : base(status, code, message, cause)
    {
    }
}
