using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Laurel.Client;
using UnityEngine.Networking;

namespace Laurel.Unity
{
    /// <summary>
    /// Requests over UnityWebRequest, which works on every platform of the engine, WebGL included. To be used, and cancelled, on the main
    /// thread alone; everything a client does then stays there.
    /// </summary>
    public sealed class UnityTransport : ILaurelTransport
    {
        /// <inheritdoc/>
        public async Task<LaurelResponse> SendAsync(LaurelRequest request, CancellationToken cancellation)
        {
            using (var web = new UnityWebRequest(request.Url, request.Body == null ? UnityWebRequest.kHttpVerbGET : UnityWebRequest.kHttpVerbPOST))
            {
                web.downloadHandler = new DownloadHandlerBuffer();
                web.SetRequestHeader(LaurelRequest.KeyHeader, request.Key);
                web.redirectLimit = 0;
                web.timeout = Math.Max(1, (int)Math.Ceiling(request.Timeout.TotalSeconds));
                if (request.Body != null)
                {
                    web.uploadHandler = new UploadHandlerRaw(Encoding.UTF8.GetBytes(request.Body));
                    web.SetRequestHeader("Content-Type", LaurelRequest.ContentType);
                }

                await SendAsync(web, cancellation);
                if (web.responseCode == 0)
                {
                    throw new LaurelTransportException(web.error);
                }

                return new LaurelResponse((int)web.responseCode, web.downloadHandler.text, web.GetResponseHeader("Retry-After"));
            }
        }

        private static async Task SendAsync(UnityWebRequest web, CancellationToken cancellation)
        {
            var ended = new TaskCompletionSource<bool>();
            web.SendWebRequest().completed += operation => ended.TrySetResult(true);
            using (cancellation.Register(web.Abort))
            {
                await ended.Task;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }
}
