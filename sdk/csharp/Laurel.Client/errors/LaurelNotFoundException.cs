namespace Laurel.Client;

/// <summary>There is no such leaderboard, window or player (404).</summary>
public sealed class LaurelNotFoundException : LaurelException
{
    /// <inheritdoc/>
    public LaurelNotFoundException(int status, string code, string message, Exception? cause = null) : base(status, code, message, cause)
    {
    }
}
