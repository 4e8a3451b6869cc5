using System.Net.WebSockets;
using System.Text;

namespace Laurel.Client;

/// <summary>Live boards over a <see cref="ClientWebSocket"/>: where streams are held back.</summary>
public sealed class WebSocketTransport : ILiveTransport
{
    private const int LongestMessage = 8 * 1024 * 1024;

    /// <inheritdoc/>
    public async Task<ILiveConnection> ConnectAsync(LiveRequest request, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader(LaurelRequest.KeyHeader, request.Key);
            await socket.ConnectAsync(request.SocketUrl, cancellation);
            var connection = new Connection(socket, request.Probe);
            await connection.SendAsync(request.Configuration, cancellation);
            return connection;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is WebSocketException or IOException or ObjectDisposedException)
                throw new LaurelTransportException(exception.GetBaseException().Message, exception);
            throw;
        }
    }

    private sealed class Connection : ILiveConnection
    {
        private readonly ClientWebSocket _socket;
        private readonly string _probe;
        private byte[] _buffer = new byte[16 * 1024];

        public Connection(ClientWebSocket socket, string probe) => (_socket, _probe) = (socket, probe);

        public async Task<LiveMessage?> ReceiveAsync(CancellationToken cancellation)
        {
            var length = 0;
            while (true)
            {
                var received = await ReceiveAsync(length, cancellation);
                if (received.MessageType == WebSocketMessageType.Close)
                    return null;
                length += received.Count;
                if (received.EndOfMessage)
                    return new LiveMessage(Encoding.UTF8.GetString(_buffer, 0, length), null);
                if (length == _buffer.Length)
                    Grow();
            }
        }

        public Task ProbeAsync(CancellationToken cancellation) => SendAsync(_probe, cancellation);

        public async Task SendAsync(string text, CancellationToken cancellation)
        {
            try
            {
                await _socket.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), WebSocketMessageType.Text, true, cancellation);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
            {
                throw new LaurelTransportException(exception.GetBaseException().Message, exception);
            }
        }

        public void Dispose() => _socket.Dispose();

        private async Task<WebSocketReceiveResult> ReceiveAsync(int length, CancellationToken cancellation)
        {
            try
            {
                return await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer, length, _buffer.Length - length), cancellation);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                throw new LaurelTransportException(exception.GetBaseException().Message, exception);
            }
            catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
            {
                throw new LaurelTransportException("The connection was closed.", exception);
            }
        }

        private void Grow()
        {
            if (_buffer.Length >= LongestMessage)
                throw new LaurelTransportException("A message is longer than any of a Laurel server's.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
