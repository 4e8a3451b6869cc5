using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>Runs the <c>import</c> command in this process.</summary>
internal static class Import
{
    /// <summary>What a run left.</summary>
    internal sealed record Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>Fails, showing everything, unless this stands in the output.</summary>
        public void Said(string text) => Assert.True(Output.Contains(text, StringComparison.Ordinal), $"Not said: {text}\n{this}");

        /// <summary>For a failed assertion.</summary>
        public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
    }

    /// <summary>Runs it to its end, or until it is cancelled.</summary>
    public static async Task<Result> RunAsync(string[] args, CancellationToken cancellation = default)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await ServerCommands.RunAsync(
            ["import", .. args],
            static _ => throw new InvalidOperationException("It began to serve."),
            TextWriter.Synchronized(output),
            TextWriter.Synchronized(errors),
            cancellation);
        return new(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Runs it and expects an exit code.</summary>
    public static async Task<Result> ExpectAsync(int exitCode, params string[] args)
    {
        var result = await RunAsync(args);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return result;
    }
}
