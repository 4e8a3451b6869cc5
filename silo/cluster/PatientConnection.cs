namespace Laurel.Silo;

/// <summary>Lets a gateway wait for its first silo instead of ending: which of them starts first is nobody's concern.</summary>
internal sealed partial class PatientConnection(TimeProvider clock, ILogger<PatientConnection> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.Message);
        await Task.Delay(Pause, clock, cancellationToken);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "No silo can be reached, trying again: {Reason}")]
    private partial void LogWaiting(string reason);
}
