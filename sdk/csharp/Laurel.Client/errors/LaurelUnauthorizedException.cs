namespace Laurel.Client;

/// <summary>The key is missing, wrong or revoked (401).</summary>
public sealed class LaurelUnauthorizedException : LaurelException
{
    /// <inheritdoc/>
    public LaurelUnauthorizedException(int status, string code, string message, Exception? cause = null) : base(status, code, message, cause)
    {
    }
}
