using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Laurel.Journeys.Tests.Browser;

/// <summary>The DevTools protocol: commands with their answers, and events.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private Task _reading = Task.CompletedTask;
    private int _commands;

    /// <summary>Session, event, parameters.</summary>
    public event Action<string?, string, JsonElement>? Happened;

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, CancellationToken.None).WaitAsync(Patience);
        tools._reading = tools.ReadAsync();
        return tools;
    }

    /// <summary>Sends a command and returns its result.</summary>
    public async Task<JsonElement> SendAsync(string method, object? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _commands);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = JsonSerializer.SerializeToUtf8Bytes(session is null
            ? new Dictionary<string, object?> { ["id"] = id, ["method"] = method, ["params"] = parameters ?? new() }
            : new Dictionary<string, object?> { ["id"] = id, ["method"] = method, ["params"] = parameters ?? new(), ["sessionId"] = session });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 22];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += received.Count;
                }
                while (!received.EndOfMessage);
                Take(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or JsonException)
        {
            foreach (var (_, asked) in _asked)
                asked.TrySetException(new IOException("Chromium has ended."));
        }
    }

    private void Take(JsonElement message)
    {
        if (!message.TryGetProperty("id", out var id))
        {
            var session = message.TryGetProperty("sessionId", out var named) ? named.GetString() : null;
            Happened?.Invoke(session, message.GetProperty("method").GetString()!, message.GetProperty("params"));
            return;
        }

        if (!_asked.TryRemove(id.GetInt32(), out var asked))
            return;
        if (message.TryGetProperty("error", out var error))
            asked.SetException(new InvalidOperationException(error.GetRawText()));
        else
            asked.SetResult(message.GetProperty("result"));
    }
}
