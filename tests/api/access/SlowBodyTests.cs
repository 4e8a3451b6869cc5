using System.Net.Sockets;
using System.Text;

namespace Laurel.ApiFrontend.Tests;

public sealed class SlowBodyTests
{
    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_refused()
    {
        await using var host = await FrontendHost.StartAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /leaderboard/scores HTTP/1.1\r\nHost: x\r\nX-API-Key: {host.GameKey}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"scores\""));

        await host.Clock.TimerAsync(TimeSpan.FromSeconds(30));
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        var buffer = new byte[4096];
        var text = "";
        while (!text.Contains('}', StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.NotEqual(0, read);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        Assert.StartsWith("HTTP/1.1 408 ", text, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"Request Timeout"}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_many_small_pieces_is_put_together()
    {
        await using var host = await FrontendHost.StartAsync();
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = connection.GetStream();
        var body = Bodies.Of(3);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /leaderboard/scores HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {host.GameKey}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        foreach (var piece in body.Chunk(7))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece));
            await stream.FlushAsync();
        }

        using var reader = new StreamReader(stream);
        Assert.EndsWith("\"successCount\":3,\"failureCount\":0,\"errors\":[]}", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
