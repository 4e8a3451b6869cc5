using System.Net;
using System.Net.Http.Headers;

namespace Laurel.Standalone.Commands;

/// <summary>
/// Brings requests to a server that may be busy, limit its callers, or be away for a while: tries again after lost connections, 408,
/// 429 and 5xx, waiting as long as <c>Retry-After</c> asks, until patience ends.
/// </summary>
/// <param name="client">Has the server's address, the key, and the limit of one attempt.</param>
/// <param name="clock">All time comes from here.</param>
/// <param name="patience">How long it goes on after a request's first failure.</param>
/// <param name="progress">Is told why it waits.</param>
internal sealed class Courier(HttpClient client, TimeProvider clock, TimeSpan patience, IImportProgress progress)
{
    /// <summary>Waits between attempts at something that a request alone cannot decide.</summary>
    public Backoff NewBackoff() => new(clock, patience);

    /// <summary>Posts a body until there is an answer to go on with.</summary>
    /// <param name="path">Below the server's address, without a slash before it.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Of the body.</param>
    /// <param name="cancellation">Ends the waiting between attempts; an attempt under way is brought to its end.</param>
    public async Task<CourierAnswer> PostAsync(string path, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellation)
    {
        var backoff = NewBackoff();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (answer, trouble, asked) = await TryPostAsync(path, body, contentType);
            if (answer is not null)
                return answer;
            if (backoff.AfterFailure(asked) is not { } wait)
                return CourierAnswer.Failed(trouble);
            await WaitAsync(trouble, wait, cancellation);
        }
    }

    /// <summary>Waits, and says why.</summary>
    public async Task WaitAsync(string trouble, TimeSpan wait, CancellationToken cancellation)
    {
        progress.Note(FormattableString.Invariant($"{trouble}; next attempt in {Math.Ceiling(wait.TotalSeconds)} s"));
        await Task.Delay(wait, clock, cancellation);
        progress.Note(null);
    }

    private async Task<(CourierAnswer? Answer, string Trouble, TimeSpan? RetryAfter)> TryPostAsync(
        string path, ReadOnlyMemory<byte> body, string contentType)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            using var response = await client.PostAsync(path, content, CancellationToken.None);
            var bytes = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            return MayPass(response.StatusCode)
                ? (null, $"{(int)response.StatusCode} {response.ReasonPhrase}", RetryAfter(response.Headers.RetryAfter))
                : (new CourierAnswer((int)response.StatusCode, bytes, null), "", null);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            var isSilent = exception is OperationCanceledException;
            return (null, isSilent ? "The server does not answer" : $"The connection failed: {exception.GetBaseException().Message}", null);
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        && status is not HttpStatusCode.NotImplemented;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - clock.GetUtcNow();
}
