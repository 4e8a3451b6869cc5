using System.Globalization;

namespace Laurel.Client;

/// <summary>Turns answers that are no success into what is thrown.</summary>
internal static class Refusals
{
    /// <summary>An answer whose body is not what belongs there.</summary>
    public static LaurelException Unexpected(LaurelResponse response, Exception cause) => new(
        response.Status, "UNEXPECTED_ANSWER", "The answer is not one of a Laurel server's: is the address right?", cause);

    /// <summary>The connection failed, or nothing came in time.</summary>
    public static LaurelUnavailableException NoAnswer(Exception cause) => new(0, "NO_ANSWER", cause.GetBaseException().Message, cause);

    /// <summary>An answer whose status is no success.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">For a <c>Retry-After</c> that names a moment.</param>
    public static LaurelException Of(LaurelResponse response, DateTimeOffset now)
    {
        var error = ReadError(response.Body);
        var code = error?.Text("code") ?? FormattableString.Invariant($"HTTP_{response.Status}");
        var message = error?.Text("message") ?? FormattableString.Invariant($"The server answered {response.Status}.");
        var status = response.Status;
        return status switch
        {
            400 => new LaurelInvalidRequestException(status, code, message, DetailsOf(error)),
            401 => new LaurelUnauthorizedException(status, code, message),
            403 => new LaurelForbiddenException(status, code, message),
            404 => new LaurelNotFoundException(status, code, message),
            429 => new LaurelRateLimitedException(status, code, message) { RetryAfter = ReadRetryAfter(response.RetryAfter, now) },
            408 or >= 500 => new LaurelUnavailableException(status, code, message) { RetryAfter = ReadRetryAfter(response.RetryAfter, now) },
            >= 300 and < 400 => new LaurelException(status, code, "The server sends the caller elsewhere: give the client the address it serves at."),
            _ => new LaurelException(status, code, message),
        };
    }

    /// <summary>Reads <c>Retry-After</c>, seconds or a moment; null for anything else.</summary>
    public static TimeSpan? ReadRetryAfter(string? text, DateTimeOffset now)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        return moment > now ? moment - now : TimeSpan.Zero;
    }

    private static LaurelJson? ReadError(string body)
    {
        try
        {
            return LaurelJson.Parse(body).Object("error");
        }
        catch (FormatException)
        {
            // A proxy's page.
            return null;
        }
    }

    private static IReadOnlyList<LaurelMistake> DetailsOf(LaurelJson? error) => error?["details"] is { Kind: LaurelJsonKind.Array }
        ? error.RequiredList("details", static detail => new LaurelMistake(detail.Text("path") ?? "", detail.Text("message") ?? ""))
        : [];
}
