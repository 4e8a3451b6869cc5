namespace Laurel.Client;

/// <summary>What is to be followed.</summary>
public sealed class LiveRequest
{
    internal LiveRequest(LaurelClientOptions options, string path, LiveQuery query, string? lastId)
    {
        StreamUrl = new Uri($"{options.Url}{path}/events?page={query.Page}&page_size={query.PageSize}");
        // http becomes ws, https wss.
        SocketUrl = new Uri($"ws{options.Url.Substring("http".Length)}{path}/ws");
        Configuration = $"{{\"type\":\"configure\",\"page\":{query.Page},\"page_size\":{query.PageSize}}}";
        Probe = $"{{\"type\":\"request_page\",\"page\":{query.Page},\"page_size\":1}}";
        (Key, LastId) = (options.Key, lastId);
    }

    /// <summary>Where the event stream is.</summary>
    public Uri StreamUrl { get; }

    /// <summary>Where the WebSocket is.</summary>
    public Uri SocketUrl { get; }

    /// <summary>The first message to send over a WebSocket.</summary>
    public string Configuration { get; }

    /// <summary>A message over a WebSocket that the server answers.</summary>
    public string Probe { get; }

    /// <summary>The key's text: in the header <see cref="LaurelRequest.KeyHeader"/>, or, where there are no headers, in the query as <c>access_token</c>.</summary>
    public string Key { get; }

    /// <summary>The id of the last message that came, for the header <c>Last-Event-ID</c>; null at first.</summary>
    public string? LastId { get; }
}
