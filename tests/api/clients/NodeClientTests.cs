using System.Diagnostics;
using Laurel.ApiFrontend.Tests.LeaderboardApi;
using Laurel.ApiFrontend.Tests.Phoenix;
using Laurel.ApiFrontend.Tests.Rankora;
using Laurel.Tests.Support;

namespace Laurel.ApiFrontend.Tests.Clients;

/// <summary>JavaScript clients, written as the dialects' documents write theirs, before the real server. They need node.</summary>
[Collection<PhoenixTests>]
public sealed class NodeClientTests(PhoenixServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_Rankora_client_plays_follows_breaks_off_and_resumes()
    {
        var node = FindNode();
        var game = await RankoraClient.MakeAsync(server);
        await RunAsync(node, "rankora", game.Key);
    }

    [Fact]
    public async Task A_LeaderboardAPI_client_keeps_its_teams()
    {
        var node = FindNode();
        var client = await TeamClient.MakeAsync(server);
        await RunAsync(
            node,
            "leaderboardapi",
            client.Key.GetProperty("api_key").GetString()!,
            client.Key.GetProperty("client_id").GetString()!,
            client.Key.GetProperty("client_secret").GetString()!);
    }

    private async Task RunAsync(string node, string dialect, params string[] credentials)
    {
        var start = new ProcessStartInfo(node) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "clients", "clients.mjs"), dialect, server.Address.ToString().TrimEnd('/'), .. credentials])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"The client of {dialect} did not end within {Patience}.");
        }

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Contains("done", await output, StringComparison.Ordinal);
    }

    private static string FindNode()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var node = paths.Select(static path => Path.Combine(path, "node")).FirstOrDefault(File.Exists);
        var reason = Requirements.ReasonToSkip("node", node is null ? "node is not installed: the JavaScript clients were not tried" : null);
        if (reason is not null)
            Assert.Skip(reason);
        return node!;
    }
}
