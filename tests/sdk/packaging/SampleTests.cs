using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laurel.Tests.Support;

namespace Laurel.Sdk.Tests.Packaging;

/// <summary>The console sample beside the real server.</summary>
public class SampleTests(SdkServer server)
{
    // Publishing compiles a part of the framework; a busy machine takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public Task The_sample_submits_a_score_and_shows_the_board() =>
        SubmitsAndShowsAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "laurel-sample.dll"));

    [Fact]
    public async Task Published_the_sample_does_the_same_and_nothing_warns()
    {
        using var folder = new TempDirectory();
        // What is compiled ahead of time is trimmed, too; where that cannot be had, trimming alone often can.
        var isPublished = await TryPublishAsync("native", folder) || await TryPublishAsync("trimmed", folder);
        var reason = Requirements.ReasonToSkip("publish", isPublished ? null : "what publishing a trimmed program needs is not at hand.");
        Assert.SkipWhen(reason is not null, reason ?? "");
        await SubmitsAndShowsAsync(Path.Combine(folder, "out", "laurel-sample"));
    }

    /// <summary>False when a package or the linker is missing; any other failure is the test's.</summary>
    private static async Task<bool> TryPublishAsync(string way, string folder)
    {
        var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../sdk/csharp/sample/Laurel.Sample.csproj"));
        string[] arguments =
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", $"-p:As={way}", "-warnaserror",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "out"),
        ];

        var (exitCode, output, errors) = await RunAsync("dotnet", arguments);

        string[] absences = ["error NU1101", "error NU1102", "error NU1301", "Platform linker"];
        if (exitCode != 0 && absences.Any(absence => output.Contains(absence, StringComparison.Ordinal)))
            return false;
        Assert.True(exitCode == 0, output + errors);
        return true;
    }

    private async Task SubmitsAndShowsAsync(string file, params string[] before)
    {
        var board = await server.MakeBoardAsync();
        var (exitCode, output, errors) = await RunAsync(
            file, [.. before, server.Address, SdkServer.Tenant, board, await server.MakeKeyAsync(), "sample-player", "61.5"]);

        Assert.True(exitCode == 0, errors);
        Assert.Equal("sample-player: applied, score 61.5, rank 1\n1. sample-player 61.5\n", output);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
