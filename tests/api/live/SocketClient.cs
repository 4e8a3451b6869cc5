using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Live;

/// <summary>A WebSocket of a board, as a game would write it: it keeps the rows it was shown and changes them as it is told.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>What the client shows: each user with score and rank.</summary>
    public Dictionary<string, (double Score, int Rank)> Rows { get; } = [];

    /// <summary>The position of the last message that had one.</summary>
    public long Sequence { get; private set; }

    public static async Task<SocketClient> ConnectAsync(PhoenixServer server, Board board, string? key = null, string query = "")
    {
        var client = new SocketClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {key ?? PhoenixServer.AdminKey}");
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = $"{board.Query}/ws", Query = query };
        await client._socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        return client;
    }

    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message, taken over into <see cref="Rows"/>; null when the server has closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var length = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(_buffer.AsMemory(length), deadline.Token);
            length += received.Count;
        }
        while (!received.EndOfMessage);
        if (received.MessageType == WebSocketMessageType.Close)
            return null;
        var message = JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
        TakeOver(message);
        return message;
    }

    /// <summary>The next message of that type; others are taken over on the way.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            var message = await NextAsync() ?? throw new InvalidOperationException($"The server closed before a message of type {type}: {_socket.CloseStatusDescription}");
            if (message.GetProperty("type").GetString() == type)
                return message;
        }
    }

    /// <summary>The first users shown, by rank.</summary>
    public IEnumerable<string> Top(int count) => Rows.OrderBy(row => row.Value.Rank).Take(count).Select(row => row.Key);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }

    private void TakeOver(JsonElement message)
    {
        var type = message.GetProperty("type").GetString();
        if (type is "snapshot" or "update")
            Sequence = message.GetProperty("sequence").GetInt64();
        if (type == "snapshot")
        {
            Rows.Clear();
            foreach (var row in message.GetProperty("entries").EnumerateArray())
                Rows[row.GetProperty("user_id").GetString()!] = (row.GetProperty("score").GetDouble(), row.GetProperty("rank").GetInt32());
        }

        if (type != "update")
            return;
        foreach (var change in message.GetProperty("changes").EnumerateArray())
        {
            var user = change.GetProperty("user_id").GetString()!;
            if (change.GetProperty("type").GetString() == "DELETE")
                Rows.Remove(user);
            else
                Rows[user] = (change.GetProperty("score").GetDouble(), change.GetProperty("rank").GetInt32());
        }
    }
}
