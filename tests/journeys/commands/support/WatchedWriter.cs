namespace Laurel.Journeys.Tests.Commands;

/// <summary>Keeps what is written, and announces when a text is.</summary>
internal sealed class WatchedWriter(string awaited) : StringWriter
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a line has the awaited text.</summary>
    public Task Written => _written.Task;

    public override void WriteLine(string? value)
    {
        lock (_lock)
            base.WriteLine(value);
        if (value?.Contains(awaited, StringComparison.Ordinal) == true)
            _written.TrySetResult();
    }

    public override string ToString()
    {
        lock (_lock)
            return base.ToString();
    }
}
