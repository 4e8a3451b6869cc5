using System.CommandLine;
using System.CommandLine.Parsing;

namespace Laurel.Standalone.Commands;

/// <summary>The server's command line: <c>demo</c>, <c>import</c>, or the server itself with its configuration.</summary>
public static class ServerCommands
{
    // The handling of signals is each command's own, and @ begins no file of arguments: a key may begin with it.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs what the command line asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="serve">Runs the server with the same command line, as configuration, and returns its exit code.</param>
    /// <param name="output">Instead of the console's output.</param>
    /// <param name="errors">Instead of the console's error output.</param>
    /// <param name="cancellation">Ends a command; the server ends itself.</param>
    /// <returns>The process' exit code.</returns>
    public static Task<int> RunAsync(
        string[] args,
        Func<string[], Task<int>> serve,
        TextWriter? output = null,
        TextWriter? errors = null,
        CancellationToken cancellation = default)
    {
        var console = new InvocationConfiguration { ProcessTerminationTimeout = null };
        console.Output = output ?? console.Output;
        console.Error = errors ?? console.Error;
        return Build(args, serve).Parse(args, Parsing).InvokeAsync(console, cancellation);
    }

    private static RootCommand Build(string[] args, Func<string[], Task<int>> serve)
    {
        var root = new RootCommand(
            "Laurel, a leaderboard server for games. Without a command it serves; further arguments are configuration, "
            + "such as --urls http://127.0.0.1:5080 or --Laurel:DataDirectory=./data.")
        {
            DemoCommand.Build(TimeProvider.System),
            ImportCommand.Build(TimeProvider.System),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((_, _) => serve(args));
        root.Validators.Add(result => RefuseUnknownCommand(result, args));
        return root;
    }

    /// <summary>Configuration begins with a sign; a bare word is a command that does not exist.</summary>
    private static void RefuseUnknownCommand(CommandResult result, string[] args)
    {
        if (args is [{ Length: > 0 } first, ..] && first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal))
            result.AddError($"There is no command '{first}'. The commands are demo and import; without one, the server starts.");
    }
}
