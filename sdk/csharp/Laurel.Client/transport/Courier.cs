namespace Laurel.Client;

/// <summary>Brings requests to a server that may be busy, limit its callers, or be away for a while.</summary>
internal sealed class Courier
{
    private readonly LaurelClientOptions _options;
    private readonly string _root;

    public Courier(LaurelClientOptions options, string root) => (_options, _root) = (options, root);

    /// <summary>Waits between attempts at something that a request alone cannot decide.</summary>
    public Backoff NewBackoff() => new(_options.Clock, _options.Patience);

    /// <summary>Sends until there is an answer to go on with, which is a success.</summary>
    /// <param name="path">Below the server's address, with a slash before it.</param>
    /// <param name="body">JSON to be posted; null to get.</param>
    /// <param name="backoff">The waits; null for a single attempt.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LaurelException">What the last attempt ended with.</exception>
    public async Task<LaurelResponse> SendAsync(string path, string? body, Backoff? backoff, CancellationToken cancellation)
    {
        while (true)
        {
            var (response, failure) = await TryAsync(path, body, cancellation);
            if (response is not null)
                return response;
            var mayPass = failure is LaurelUnavailableException or LaurelRateLimitedException;
            if (!mayPass || backoff?.AfterFailure(failure!.RetryAfter) is not { } wait)
                throw failure!;
            await _options.Clock.Delay(wait, cancellation);
        }
    }

    /// <summary>Reads what an answer says.</summary>
    /// <exception cref="LaurelException">It says something else.</exception>
    public static T Read<T>(LaurelResponse response, Func<LaurelJson, T> read)
    {
        try
        {
            return read(LaurelJson.Parse(response.Body));
        }
        catch (FormatException exception)
        {
            throw Refusals.Unexpected(response, exception);
        }
    }

    private async Task<(LaurelResponse? Response, LaurelException? Failure)> TryAsync(string path, string? body, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var request = new LaurelRequest(new Uri(_root + path), _options.Key, body, _options.AttemptTimeout);
            var response = await _options.Transport.SendAsync(request, cancellation);
            return response.Status is >= 200 and < 300 ? (response, null) : (null, Refusals.Of(response, _options.Clock.Now));
        }
        catch (LaurelTransportException exception)
        {
            return (null, Refusals.NoAnswer(exception));
        }
    }
}
