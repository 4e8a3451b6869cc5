using Microsoft.Net.Http.Headers;

namespace Laurel.ApiFrontend;

/// <summary>The content types of JSON.</summary>
internal static class JsonContent
{
    /// <summary>Of every JSON answer.</summary>
    public const string ResponseType = "application/json; charset=utf-8";

    /// <summary>Whether a request's content type is <c>application/json</c>, in UTF-8 if it names a charset.</summary>
    public static bool IsJson(string? contentType)
    {
        // Nearly every client sends one of these two; the parser is for the rest.
        if (contentType is "application/json" or ResponseType)
            return true;

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue
                || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
