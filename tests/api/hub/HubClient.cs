using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Hubs;

/// <summary>
/// A connection of the hub, spoken by hand: SignalR's JSON protocol over a WebSocket. It keeps the rows of the one board it follows, and
/// changes them as it is told.
/// </summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char Separator = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly Queue<JsonElement> _messages = new();
    private int _invocations;

    /// <summary>What the client shows: each user with score and rank.</summary>
    public Dictionary<string, (double Score, int? Rank)> Rows { get; } = [];

    /// <summary>The position of the last message that had one.</summary>
    public long Sequence { get; private set; }

    /// <summary>How many <c>RankChanges</c> have come.</summary>
    public int ChangeCount { get; private set; }

    public static async Task<HubClient> ConnectAsync(PhoenixServer server, string? token, string? origin = null)
    {
        var client = new HubClient();
        if (origin is not null)
            client._socket.Options.SetRequestHeader("Origin", origin);
        var query = token is null ? "" : $"access_token={Uri.EscapeDataString(token)}";
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/leaderboards", Query = query };
        await client._socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.NextAsync())!.Value.GetRawText());
        return client;
    }

    /// <summary>Subscribes and takes over what is returned; other messages are kept for later.</summary>
    public async Task<JsonElement> SubscribeAsync(string request)
    {
        var result = await InvokeAsync("Subscribe", request);
        Assert.True(result.TryGetProperty("result", out var snapshot), result.GetRawText());
        Rows.Clear();
        foreach (var row in snapshot.GetProperty("entries").EnumerateArray())
            Rows[row.GetProperty("user_id").GetString()!] = (row.GetProperty("score").GetDouble(), row.GetProperty("rank").GetInt32());
        Sequence = snapshot.GetProperty("sequence").GetInt64();
        return snapshot;
    }

    /// <summary>What the hub says to an invocation that it refuses.</summary>
    public async Task<string> RefusalAsync(string method, string request) => (await InvokeAsync(method, request)).GetProperty("error").GetString()!;

    /// <summary>Calls a method and returns its completion.</summary>
    public async Task<JsonElement> InvokeAsync(string method, string request)
    {
        var id = $"{++_invocations}";
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{request}}]}""");
        while (true)
        {
            var message = await NextAsync() ?? throw new InvalidOperationException("The server closed before it answered.");
            if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id)
                return message;
            // The rows that a message before the answer would change are not there yet.
            Assert.False(Rows.Count == 0 && message.GetProperty("type").GetInt32() == 1, "A call came before the answer to Subscribe.");
        }
    }

    /// <summary>The argument of the next call of that name; calls before it are taken over.</summary>
    public async Task<JsonElement> NextAsync(string target)
    {
        while (true)
        {
            var message = await NextAsync() ?? throw new InvalidOperationException($"The server closed before it called {target}.");
            if (message.TryGetProperty("target", out var called) && called.GetString() == target)
                return message.GetProperty("arguments")[0];
        }
    }

    /// <summary>The next message but pings, taken over; null when the connection is closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (_messages.Count == 0)
        {
            if (!await ReceiveAsync())
                return null;
        }

        var message = _messages.Dequeue();
        TakeOver(message);
        return message;
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task ReadToEndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    /// <summary>The first users shown, by rank.</summary>
    public IEnumerable<string> Top(int count) => Rows.OrderBy(row => row.Value.Rank).Take(count).Select(row => row.Key);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    private async Task<bool> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var length = 0;
        ValueWebSocketReceiveResult received;
        try
        {
            do
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(length), deadline.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);
        }
        catch (WebSocketException)
        {
            return false;
        }

        if (received.MessageType == WebSocketMessageType.Close)
            return false;
        foreach (var text in Encoding.UTF8.GetString(_buffer, 0, length).Split(Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var message = JsonSerializer.Deserialize<JsonElement>(text);
            if (!message.TryGetProperty("type", out var type) || type.GetInt32() is not (6 or 7))
                _messages.Enqueue(message);
        }

        return true;
    }

    private void TakeOver(JsonElement message)
    {
        if (!message.TryGetProperty("target", out var target) || target.GetString() != "RankChanges")
            return;
        ChangeCount++;
        var argument = message.GetProperty("arguments")[0];
        Sequence = argument.GetProperty("sequence").GetInt64();
        foreach (var change in argument.GetProperty("changes").EnumerateArray())
        {
            var user = change.GetProperty("user_id").GetString()!;
            if (change.GetProperty("type").GetString() == "DELETE")
                Rows.Remove(user);
            else
                Rows[user] = (change.GetProperty("score").GetDouble(), change.GetProperty("rank").GetInt32());
        }
    }
}
