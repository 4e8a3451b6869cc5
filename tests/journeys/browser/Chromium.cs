using System.Diagnostics;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Browser;

/// <summary>A headless Chromium of a test's own, spoken to over its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Greeting = "DevTools listening on ";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _profile = new();
    private readonly Process _process;
    private readonly DevTools _tools;

    private Chromium(TempDirectory profile, Process process, DevTools tools) => (_profile, _process, _tools) = (profile, process, tools);

    /// <summary>Why there is none on this machine; null when there is one.</summary>
    public static string? Absence => FindProgram() is null ? "Chromium is not installed" : null;

    /// <summary>Starts it, or skips the test aloud.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var absence = Requirements.ReasonToSkip("browser", Absence);
        Assert.SkipWhen(absence is not null, absence ?? "");
        var profile = new TempDirectory();
        var start = new ProcessStartInfo(
            FindProgram()!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Greeting, StringComparison.Ordinal) == true)
                address.TrySetResult(new Uri(line.Data[Greeting.Length..]));
        };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new Chromium(profile, process, await DevTools.ConnectAsync(await address.Task.WaitAsync(Patience)));
    }

    /// <summary>Opens a page.</summary>
    /// <param name="address">Where.</param>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">In CSS pixels.</param>
    public Task<ChromiumPage> OpenAsync(Uri address, int width = 1280, int height = 720) => ChromiumPage.OpenAsync(_tools, address, width, height);

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    private static string? FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
