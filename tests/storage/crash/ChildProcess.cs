using System.Diagnostics;

namespace Laurel.Storage.Tests;

/// <summary>This very program in one of its other modes.</summary>
public static class ChildProcess
{
    /// <summary>Starts it; its standard output is to be read.</summary>
    public static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Launcher(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;

    /// <summary>The assembly, where this process is the dotnet command and not the program's own executable.</summary>
    private static string[] Launcher() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
}
