using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Live;

/// <summary>The verb <c>live</c>: a real server in a process of its own, 2,000 listeners of its events, and reads of its cached lists.</summary>
internal static class LiveCommand
{
    private const int Listeners = 2000;
    private const int Players = 10;
    private const int UpdatesPerSecond = 50;
    private const int Seconds = 15;

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(TimeProvider clock, CancellationToken cancellation)
    {
        using var workspace = new Workspace(null);
        await using var server = await LaurelServer.StartAsync(workspace.Make("live"), clock, cancellation);
        using var client = await MakeBoardAsync(server, cancellation);
        var players = new string[Players];
        for (var i = 0; i < Players; i++)
            players[i] = await SubmitAsync(client, $"Player{i}", i, null, cancellation);

        Console.WriteLine($"{Environment.ProcessorCount} cores, load average {File.ReadAllText("/proc/loadavg").Trim()}");
        await ListenAsync(server, client, players, clock, cancellation);
        await CachedReads.RunAsync(server, client, workspace, clock, cancellation);
        return 0;
    }

    private static async Task ListenAsync(LaurelServer server, HttpClient client, string[] players, TimeProvider clock, CancellationToken cancellation)
    {
        var key = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var sentAt = new long[UpdatesPerSecond * Seconds];
        var idle = server.Process.ResidentBytes;
        await using var listeners = await EventListeners.OpenAsync(server.Port, key, Listeners, Players, sentAt, clock, cancellation);
        var (before, cpu) = (server.Process.ResidentBytes, server.Process.CpuTime);

        var began = clock.GetTimestamp();
        List<Task> sending = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / UpdatesPerSecond), clock);
        for (var i = 0; i < sentAt.Length; i++)
        {
            await timer.WaitForNextTickAsync(cancellation);
            Volatile.Write(ref sentAt[i], clock.GetTimestamp());
            sending.Add(SubmitAsync(client, $"Player{i % Players}", EventListeners.FirstScore + i, players[i % Players], cancellation));
        }

        await Task.WhenAll(sending);
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        var complete = await listeners.WhenCompleteAsync(TimeSpan.FromSeconds(10));
        var used = (server.Process.CpuTime - cpu).TotalSeconds;
        var grown = (server.Process.ResidentBytes - before) / 1048576.0;
        Console.WriteLine(FormattableString.Invariant(
            $"{Listeners} listeners, {sentAt.Length / seconds:0} updates/s for {seconds:0} s: {listeners.Heard} events heard, delay p50 {listeners.Percentile(0.5)} ms, p99 {listeners.Percentile(0.99)} ms, worst {listeners.Percentile(1)} ms (goal p99 < 500 ms)"));
        Console.WriteLine(FormattableString.Invariant(
            $"last state right at {complete} of {Listeners} (goal: all); {(before - idle) / 1024.0 / Listeners:0} KB a listener, grown by {grown:0.0} MB while telling (goal: flat); server CPU {used / seconds * 100:0} % of a core"));
    }

    private static async Task<HttpClient> MakeBoardAsync(LaurelServer server, CancellationToken cancellation)
    {
        using var admin = new HttpClient { BaseAddress = server.Address };
        admin.DefaultRequestHeaders.Add("X-API-Key", LaurelServer.AdminKey);
        (await admin.PostAsync("tenants", Json("""{"tenant_id":"bench"}"""), cancellation)).EnsureSuccessStatusCode();
        (await admin.PostAsync("tenants/bench/leaderboards", Json("""{"leaderboard_id":"live","preset":"rankora"}"""), cancellation)).EnsureSuccessStatusCode();
        var made = await admin.PostAsync(
            "tenants/bench/keys", Json("""{"kind":"board","leaderboard_id":"live","rate_limit":{"requests":10000000,"seconds":60}}"""), cancellation);
        using var body = await made.Content.ReadFromJsonAsync<JsonDocument>(cancellation);
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body!.RootElement.GetProperty("api_key").GetString());
        return client;
    }

    private static async Task<string> SubmitAsync(HttpClient client, string name, int score, string? player, CancellationToken cancellation)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{"name":"{{name}}","score":{{score}},"player_id":"{{player}}"}""");
        using var answer = await client.PostAsync("api/v1/leaderboard/entries", Json(body), cancellation);
        answer.EnsureSuccessStatusCode();
        using var made = await answer.Content.ReadFromJsonAsync<JsonDocument>(cancellation);
        return made!.RootElement.GetProperty("player_id").GetString()!;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
