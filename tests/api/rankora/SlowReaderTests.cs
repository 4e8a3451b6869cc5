using System.Net.Sockets;
using System.Text;
using Laurel.ApiFrontend.Tests.Phoenix;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>A listener that does not read what it is sent.</summary>
public sealed class SlowReaderTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_listener_that_does_not_read_is_dropped_with_a_line_in_the_log_and_the_others_notice_nothing()
    {
        await using var server = await PhoenixServer.StartAsync(
            null, "--Laurel:Frontend:LiveInterval=00:00:00.010", "--Laurel:Frontend:ViewerDeadline=00:00:01");
        var game = await RankoraClient.MakeAsync(server);
        await SubmitAsync(server, game, 0);
        using var deaf = await ListenAsync(server, game.Key);
        await using var listener = await game.FollowAsync("?limit=1");
        await listener.NextAsync("connected");
        await listener.NextAsync("initial");

        var since = TimeProvider.System.GetTimestamp();
        var rounds = 0;
        while (!server.Logs.All.Any(static line => line.Level == LogLevel.Warning && line.Text.Contains("was dropped", StringComparison.Ordinal)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "The deaf listener was not dropped.");
            await SubmitAsync(server, game, ++rounds);
            Assert.Equal(rounds * 100 + 49, ScoreOf(await listener.NextAsync("update")));
        }

        output.WriteLine($"dropped after {rounds} rounds");
        Assert.Contains(
            $"An event stream of key {game.Key.Split('_')[2]} was dropped: it did not take an event within 00:00:01",
            Assert.Single(server.Logs.All, static line => line.Text.Contains("dropped", StringComparison.Ordinal)).Text);
        Assert.Contains("laurel_viewers_dropped_total{family=\"rankora\"} 1", await server.Http.GetStringAsync("/metrics"));
        await SubmitAsync(server, game, ++rounds);
        Assert.Equal(rounds * 100 + 49, ScoreOf(await listener.NextAsync("update")));
    }

    /// <summary>Fifty players with long names, every one with a new score.</summary>
    private static async Task SubmitAsync(PhoenixServer server, RankoraClient game, int round)
    {
        var name = new string('x', 100);
        var entries = Enumerable.Range(0, 50).Select(i => $$"""{"user_id":"u{{i}}","name":"{{name}}{{round}}","score":{{round * 100 + i}}}""");
        (await server.Admin.PostAsync($"/tenants/{game.Tenant}/leaderboards/board/entries", $$"""{"entries":[{{string.Join(',', entries)}}]}""")).Is(200);
    }

    /// <summary>Asks for fifty entries and never reads.</summary>
    private static async Task<Socket> ListenAsync(PhoenixServer server, string key)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var request = $"GET /api/v1/realtime?limit=50 HTTP/1.1\r\nHost: {server.Address.Host}\r\nAuthorization: Bearer {key}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return socket;
    }

    private static int ScoreOf(System.Text.Json.JsonElement update) => update.GetProperty("payload").GetProperty("new").GetProperty("score").GetInt32();
}
