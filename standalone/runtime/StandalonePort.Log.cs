namespace Laurel.Standalone;

public sealed partial class StandalonePort
{
    [LoggerMessage(1, LogLevel.Error, "A call of {Grain} failed")]
    internal partial void LogCallFailed(GrainAddress grain, Exception? exception);

    [LoggerMessage(2, LogLevel.Error, "{Grain} could not be loaded; the next call tries again")]
    private partial void LogLoadFailed(GrainAddress grain, Exception exception);

    // Without the stack trace: while the store is away every call of every grain at rest gets here.
    [LoggerMessage(3, LogLevel.Warning, "{Grain} could not be loaded, the store does not answer: {Reason}")]
    private partial void LogStoreAway(GrainAddress grain, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Grain} failed to unload; what it has acknowledged is in the store")]
    private partial void LogUnloadFailed(GrainAddress grain, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "{Grain} did not end its calls or unload within {Limit} and was dropped")]
    private partial void LogDropped(GrainAddress grain, TimeSpan limit);

    [LoggerMessage(6, LogLevel.Warning, "A call of {Grain} had no answer within {Deadline}")]
    private partial void LogDeadline(GrainAddress grain, TimeSpan deadline);
}
