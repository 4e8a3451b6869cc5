using Spectre.Console;

namespace Laurel.Standalone.Commands;

/// <summary>Shows work: a bar on a terminal, lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does some work while it shows how far it is.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="clock">All time comes from here.</param>
    /// <param name="title">What is shown before the first report.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> ShowAsync<T>(TextWriter output, TimeProvider clock, string title, Func<IImportProgress, Task<T>> work)
    {
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
            return await work(new LineProgress(output, clock));

        T result = default!;
        await AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context => result = await work(new BarProgress(context.AddTask(Markup.Escape(title)), title)));
        return result;
    }
}
