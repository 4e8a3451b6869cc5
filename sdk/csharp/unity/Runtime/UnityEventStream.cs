using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Laurel.Client;
using UnityEngine.Networking;

namespace Laurel.Unity
{
    /// <summary>Live boards as server-sent events over UnityWebRequest. On the main thread alone.</summary>
    public sealed class UnityEventStream : ILiveTransport
    {
        /// <inheritdoc/>
        public Task<ILiveConnection> ConnectAsync(LiveRequest request, CancellationToken cancellation)
        {
            return Task.FromResult<ILiveConnection>(new Connection(request));
        }

        private sealed class Connection : ILiveConnection
        {
            private readonly UnityWebRequest _web;
            private readonly Handler _handler = new Handler();

            public Connection(LiveRequest request)
            {
                _web = new UnityWebRequest(request.StreamUrl, UnityWebRequest.kHttpVerbGET) { downloadHandler = _handler, redirectLimit = 0 };
                _web.SetRequestHeader(LaurelRequest.KeyHeader, request.Key);
                _web.SetRequestHeader("Accept", "text/event-stream");
                if (request.LastId != null)
                {
                    _web.SetRequestHeader("Last-Event-ID", request.LastId);
                }

                _web.SendWebRequest().completed += operation => _handler.End();
            }

            public async Task<LiveMessage> ReceiveAsync(CancellationToken cancellation)
            {
                using (cancellation.Register(_handler.End))
                {
                    var message = await _handler.NextAsync();
                    cancellation.ThrowIfCancellationRequested();
                    return message;
                }
            }

            public Task ProbeAsync(CancellationToken cancellation)
            {
                return Task.CompletedTask;
            }

            public void Dispose()
            {
                _handler.End();
                _web.Dispose();
            }
        }

        /// <summary>Takes the bytes as they come. What has come and was not asked for yet waits, which the server bounds: it sends ten messages a second.</summary>
        private sealed class Handler : DownloadHandlerScript
        {
            private readonly EventStreamParser _parser = new EventStreamParser();
            private readonly Queue<LiveMessage> _messages = new Queue<LiveMessage>();
            private TaskCompletionSource<bool> _changed = new TaskCompletionSource<bool>();
            private bool _ended;
            private LaurelTransportException _mistake;

            public async Task<LiveMessage> NextAsync()
            {
                while (_messages.Count == 0 && !_ended)
                {
                    await _changed.Task;
                    _changed = new TaskCompletionSource<bool>();
                }

                if (_messages.Count > 0)
                {
                    return _messages.Dequeue();
                }

                return _mistake == null ? null : throw _mistake;
            }

            public void End()
            {
                _ended = true;
                _changed.TrySetResult(true);
            }

            protected override bool ReceiveData(byte[] data, int dataLength)
            {
                try
                {
                    foreach (var message in _parser.Push(data, dataLength))
                    {
                        _messages.Enqueue(message);
                    }
                }
                catch (LaurelTransportException mistake)
                {
                    _mistake = mistake;
                    _ended = true;
                }

                _changed.TrySetResult(true);
                return !_ended;
            }
        }
    }
}
