namespace Laurel.Client;

/// <summary>The key's limit is used up for longer than the patience reaches (429); <see cref="LaurelException.RetryAfter"/> says how long.</summary>
public sealed class LaurelRateLimitedException : LaurelException
{
    /// <inheritdoc/>
    public LaurelRateLimitedException(int status, string code, string message, Exception? cause = null) : base(status, code, message, cause)
    {
    }
}
