using System.Text;

namespace Laurel.Client;

/// <summary>Requests over <see cref="HttpClient"/>. Unless it is given one, all share one, with its connections.</summary>
public sealed class HttpTransport : ILaurelTransport
{
    /// <summary>The one that clients use unless told otherwise.</summary>
    public static readonly HttpTransport Shared = new(NewClient());

    private readonly HttpClient _client;

    /// <param name="client">Remains the caller's. It should follow no redirections, which would turn POST into GET.</param>
    public HttpTransport(HttpClient client) => _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <inheritdoc/>
    public async Task<LaurelResponse> SendAsync(LaurelRequest request, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(request.Timeout);
        using var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, request.Url);
        message.Headers.TryAddWithoutValidation(LaurelRequest.KeyHeader, request.Key);
        if (request.Body is not null)
            message.Content = new StringContent(request.Body, Encoding.UTF8, LaurelRequest.ContentType);
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseContentRead, deadline.Token);
            var body = await ReadAsync(response, deadline.Token);
            var retryAfter = response.Headers.TryGetValues("Retry-After", out var values) ? string.Join(",", values) : null;
            return new LaurelResponse((int)response.StatusCode, body, retryAfter);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new LaurelTransportException("The server did not answer in time.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new LaurelTransportException(exception.GetBaseException().Message, exception);
        }
    }

    internal static HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private static Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
#if NET
        return response.Content.ReadAsStringAsync(cancellation);
#else
        // All of it has been read by now.
        return response.Content.ReadAsStringAsync();
#endif
    }
}
