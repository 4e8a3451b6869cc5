using System.Net.Http.Headers;

namespace Laurel.Client;

/// <summary>Live boards as server-sent events over <see cref="HttpClient"/>. They pass whatever HTTP passes, and go on where they broke.</summary>
public sealed class EventStreamTransport : ILiveTransport
{
    private readonly HttpClient _client;

    /// <param name="client">Remains the caller's. Its timeout must be infinite: a stream does not end.</param>
    public EventStreamTransport(HttpClient client) => _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <inheritdoc/>
    public async Task<ILiveConnection> ConnectAsync(LiveRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, request.StreamUrl);
        message.Headers.TryAddWithoutValidation(LaurelRequest.KeyHeader, request.Key);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (request.LastId is not null)
            message.Headers.TryAddWithoutValidation("Last-Event-ID", request.LastId);
        HttpResponseMessage? response = null;
        try
        {
            response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new LaurelTransportException(FormattableString.Invariant($"The server answered {(int)response.StatusCode}."));
            var connection = new Connection(response, await OpenAsync(response.Content, cancellation));
            response = null;
            return connection;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new LaurelTransportException(exception.GetBaseException().Message, exception);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellation)
    {
#if NET
        return content.ReadAsStreamAsync(cancellation);
#else
        return content.ReadAsStreamAsync();
#endif
    }

    private sealed class Connection : ILiveConnection
    {
        private readonly HttpResponseMessage _response;
        private readonly Stream _stream;
        private readonly EventStreamParser _parser = new();
        private readonly Queue<LiveMessage> _messages = new();
        private readonly byte[] _buffer = new byte[16 * 1024];

        public Connection(HttpResponseMessage response, Stream stream) => (_response, _stream) = (response, stream);

        public async Task<LiveMessage?> ReceiveAsync(CancellationToken cancellation)
        {
            while (_messages.Count == 0)
            {
                var count = await ReadAsync(cancellation);
                if (count == 0)
                    return null;
                foreach (var message in _parser.Push(_buffer, count))
                    _messages.Enqueue(message);
            }

            return _messages.Dequeue();
        }

        public Task ProbeAsync(CancellationToken cancellation) => Task.CompletedTask;

        public void Dispose() => _response.Dispose();

        private async Task<int> ReadAsync(CancellationToken cancellation)
        {
            try
            {
                return await _stream.ReadAsync(_buffer, 0, _buffer.Length, cancellation);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or ObjectDisposedException)
            {
                throw new LaurelTransportException(exception.GetBaseException().Message, exception);
            }
        }
    }
}
