using System.Net.WebSockets;
using Laurel.Bench.Macro;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Laurel.Bench.Hub;

/// <summary>
/// The verb <c>serve-broadcast</c>: bare Kestrel that sends whatever is posted to all who have opened a WebSocket. It knows no boards,
/// keys or places: it is the floor for telling so many viewers the same.
/// </summary>
internal static class BroadcastVerb
{
    /// <summary>Where viewers connect.</summary>
    public const string Viewers = "/viewers";

    /// <summary>Where the message is posted.</summary>
    public const string Broadcast = "/broadcast";

    /// <summary>Serves until standard input ends.</summary>
    public static Task<int> RunAsync(int port)
    {
        var viewers = new List<WebSocket>();
        return PlainServer.RunAsync(port, app =>
        {
            app.UseWebSockets();
            app.Map(Viewers, context => StayAsync(context, viewers));
            app.MapPost(Broadcast, context => SendAsync(context, viewers));
        });
    }

    private static async Task StayAsync(HttpContext context, List<WebSocket> viewers)
    {
        using var viewer = await context.WebSockets.AcceptWebSocketAsync();
        lock (viewers)
            viewers.Add(viewer);
        try
        {
            // Empty reads hold no buffer while nothing comes.
            while (await viewer.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close })
                await viewer.ReceiveAsync(new byte[128].AsMemory(), context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It has left.
        }

        lock (viewers)
            viewers.Remove(viewer);
    }

    private static async Task SendAsync(HttpContext context, List<WebSocket> viewers)
    {
        using var body = await FlatBody.ReadAsync(context.Request);
        var message = body.Bytes.ToArray();
        WebSocket[] all;
        lock (viewers)
            all = [.. viewers];
        List<Task> slow = [];
        foreach (var viewer in all)
        {
            var sending = viewer.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (!sending.IsCompletedSuccessfully)
                slow.Add(sending.AsTask());
        }

        await Task.WhenAll(slow);
        await PlainServer.AnswerAsync(context);
    }
}
