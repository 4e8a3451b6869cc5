using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Laurel.ApiFrontend.Tests.Phoenix;

namespace Laurel.ApiFrontend.Tests.Rankora;

/// <summary>Reads an event stream as <c>EventSource</c> does.</summary>
internal sealed class EventStreamClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStreamClient(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body, Encoding.UTF8));

    /// <summary>The id of the last event.</summary>
    public string? LastId { get; private set; }

    public HttpResponseMessage Response => _response;

    public static async Task<EventStreamClient> OpenAsync(PhoenixServer server, string path, string? key, string? lastId = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (!string.IsNullOrEmpty(key))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStreamClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event's data; null at the end of the stream.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        string? data = null;
        while (true)
        {
            var line = await _reader.ReadLineAsync().WaitAsync(Patience);
            if (line is null)
                return null;
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.Length == 0 && data is not null)
                return JsonSerializer.Deserialize<JsonElement>(data);
        }
    }

    /// <summary>The next event, which must be of that type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var message = await NextAsync();
        Assert.True(message is not null, $"The stream ended before {type}.");
        Assert.Equal(type, message.Value.GetProperty("type").GetString());
        return message.Value;
    }

    /// <summary>Reads what comes before the updates.</summary>
    public async Task<JsonElement> BeginAsync()
    {
        await NextAsync("connected");
        return await NextAsync("initial");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return default;
    }
}
