using System.Globalization;
using Spectre.Console;

namespace Laurel.Standalone.Commands;

/// <summary>Progress as a bar with rate and remaining time, on a terminal.</summary>
internal sealed class BarProgress(ProgressTask bar, string title) : IImportProgress
{
    private readonly Lock _lock = new();
    private string _state = title;
    private string? _note;

    /// <inheritdoc/>
    public void Report(in ImportProgress progress)
    {
        lock (_lock)
        {
            bar.MaxValue = Math.Max(1, progress.Size);
            bar.Value = progress.Size == 0 ? 1 : progress.Done;
            var rest = progress.Remaining is { } remaining ? $", {Durations.Describe(remaining)} left" : "";
            var refused = progress.Refused > 0 ? $", {progress.Refused:N0} refused" : "";
            _state = string.Create(CultureInfo.InvariantCulture, $"{progress.Lines:N0} lines, {progress.Rate:N0}/s{rest}{refused}");
            Show();
        }
    }

    /// <inheritdoc/>
    public void Note(string? text)
    {
        lock (_lock)
        {
            _note = text;
            Show();
        }
    }

    private void Show() => bar.Description = Markup.Escape(_note ?? _state);
}
