using System.Diagnostics;
using System.Text.Json;
using Laurel.Standalone.Commands;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Commands;

public sealed class DemoJourney : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_demo_prints_lines_that_work_and_a_second_one_doubles_nothing()
    {
        Assert.SkipUnless(HasCurl(), "There is no curl on this machine.");
        var first = await RunAsync();
        Assert.Equal(4, first.Count);
        Assert.Equal("applied", first[0].GetProperty("results")[0].GetProperty("status").GetString());
        Assert.Equal(3, first[0].GetProperty("results")[0].GetProperty("rank").GetInt32());
        Assert.Equal(10, first[1].GetProperty("entries").GetArrayLength());
        Assert.Equal("lionel-messi", first[2].GetProperty("user").GetProperty("user_id").GetString());
        Assert.Equal(2, first[3].GetProperty("rank").GetInt32());

        var second = await RunAsync();
        Assert.Equal("unchanged", second[0].GetProperty("results")[0].GetProperty("status").GetString());
        Assert.Equal(first[1].GetProperty("total").GetInt32(), second[1].GetProperty("total").GetInt32());
        Assert.Equal(first[1].GetProperty("entries").GetRawText(), second[1].GetProperty("entries").GetRawText());
    }

    /// <summary>Runs a demo, each line it prints, and ends it; returns what the lines answer.</summary>
    private async Task<List<JsonElement>> RunAsync()
    {
        using var output = new WatchedWriter("Ctrl+C ends the demo");
        using var errors = new StringWriter();
        using var end = new CancellationTokenSource();
        var demo = ServerCommands.RunAsync(
            ["demo", "--urls", "http://127.0.0.1:0", $"--Laurel:DataDirectory={_directory.Path}", "--Logging:LogLevel:Default=None"],
            static _ => throw new InvalidOperationException("It began to serve without a demo."),
            output,
            errors,
            end.Token);
        await Task.WhenAny(output.Written, demo);
        Assert.False(demo.IsCompleted, $"{output}{errors}");

        List<JsonElement> answers = [];
        foreach (var line in output.ToString().Split('\n').Where(static line => line.StartsWith("  curl ", StringComparison.Ordinal)))
        {
            using var answer = JsonDocument.Parse(await ShellAsync(line));
            answers.Add(answer.RootElement.Clone());
        }

        await end.CancelAsync();
        Assert.Equal(0, await demo);
        return answers;
    }

    private static async Task<string> ShellAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var progress = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{line}\n{output}\n{await progress}");
        return output;
    }

    private static bool HasCurl() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "curl")));
}
