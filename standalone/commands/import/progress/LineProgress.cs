using System.Globalization;

namespace Laurel.Standalone.Commands;

/// <summary>Progress as lines, for output that goes to a file: one every five seconds at the most, and one for each reason to wait.</summary>
internal sealed class LineProgress(TextWriter output, TimeProvider clock) : IImportProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _written;
    private string? _note;

    /// <inheritdoc/>
    public void Report(in ImportProgress progress)
    {
        lock (_lock)
        {
            if (_written is { } before && clock.GetElapsedTime(before) < Pause)
                return;
            _written = clock.GetTimestamp();
            output.WriteLine(Describe(progress));
        }
    }

    /// <inheritdoc/>
    public void Note(string? text)
    {
        lock (_lock)
        {
            if (text is not null && text != _note)
                output.WriteLine(text);
            _note = text ?? _note;
        }
    }

    private static string Describe(in ImportProgress progress)
    {
        var percent = progress.Size > 0 ? 100.0 * progress.Done / progress.Size : 100;
        var rest = progress.Remaining is { } remaining ? $", {Durations.Describe(remaining)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{percent,3:0}%  {progress.Lines:N0} lines, {progress.Rate:N0}/s{rest}");
    }
}
