using System.Text.Json;

namespace Laurel.Standalone.Commands;

/// <summary>What a server's answers mean to whoever started an import.</summary>
internal static class ServerWords
{
    /// <summary>What an outcome's label means.</summary>
    public static string Explain(string label) => label switch
    {
        "user-not-found" => "user-not-found: the board takes registered players alone (--register registers them)",
        "privacy-disabled" => "privacy-disabled: the player is hidden",
        "validation" => "validation: outside the board's limits",
        "no-active-season" => "no-active-season: no season of the board is open",
        "conflict" => "conflict: this line was imported before with other values",
        _ => label,
    };

    /// <summary>Why an import cannot go on after such an answer.</summary>
    /// <param name="answer">No success.</param>
    /// <param name="need">What the key must be allowed.</param>
    public static string ExplainStop(CourierAnswer answer, string need)
    {
        if (answer.GaveUp is { } reason)
            return $"{reason}.";
        return answer.Status switch
        {
            401 => $"The server does not accept the key. It must be {need}.",
            403 => $"The key may not do this. It must be {need}.",
            404 => $"The server says: {MessageOf(answer.Body) ?? "not found"}.",
            413 => "A request was too large for the server or a proxy before it: try a smaller --batch.",
            >= 300 and < 400 => "The server sends the caller elsewhere: give the address it serves at to --url.",
            _ => $"The server answered {answer.Status}{(MessageOf(answer.Body) is { } message ? $": {message}" : "")}.",
        };
    }

    private static string? MessageOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("error", out var error))
                return null;
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message))
                error = message;
            return error.ValueKind == JsonValueKind.String ? error.GetString()?.TrimEnd('.') : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
