using System.CommandLine;
using System.Runtime.InteropServices;

namespace Laurel.Bench.Macro;

/// <summary>The macro run's command line.</summary>
internal static class MacroCommand
{
    private static readonly Option<bool> Quick = new("--quick") { Description = "A tenth of the size and a few minutes less: proves that all of it works" };
    private static readonly Option<string?> Markdown = new("--markdown") { HelpName = "FILE", Description = "Writes the tables there too; between <!-- bench:begin --> and <!-- bench:end --> when the file has these marks" };
    private static readonly Option<string?> Directory = new("--directory") { HelpName = "DIR", Description = "Where to put the run's data meanwhile; /var/tmp or the temporary directory by default" };
    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1, HelpName = "NUMBER", Description = "Of everything random" };

    /// <summary>Runs it.</summary>
    /// <returns>0 when all was measured, whatever the figures; 1 when something failed, 130 when it was interrupted.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Measures Laurel beside a parse-only endpoint and a stack on Redis, in one run, and prints ratios. "
            + "Other verbs: core [...] compares the ranking core with Redis, micro [filter] runs BenchmarkDotNet.") { Quick, Markdown, Directory, Seed };
        root.SetAction((line, _) => RunAsync(Read(line)));
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static MacroSettings Read(ParseResult line) =>
        (line.GetValue(Quick) ? MacroSettings.Small : new MacroSettings()) with
        {
            Markdown = line.GetValue(Markdown),
            Directory = line.GetValue(Directory),
            Seed = line.GetValue(Seed),
        };

    private static async Task<int> RunAsync(MacroSettings settings)
    {
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        var screen = new Screen(TimeProvider.System);
        try
        {
            var report = await MacroRun.RunAsync(settings, screen, TimeProvider.System, interruption.Token);
            ConsoleReport.Write(report, Console.Out);
            if (settings.Markdown is not null)
                MarkdownReport.Write(report, settings.Markdown);
            return 0;
        }
        catch (Exception error)
        {
            screen.EndLine();
            Console.Error.WriteLine(interruption.IsCancellationRequested ? "Interrupted." : $"The run failed: {error}");
            return interruption.IsCancellationRequested ? 130 : 1;
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }
}
