using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A request's JSON body, or the answer when there is none to be read. Elements are not to be kept after disposal.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly RequestBody _bytes;
    private readonly JsonDocument? _document;

    private JsonBody(RequestBody bytes)
    {
        _bytes = bytes;
        if (bytes.Refusal != 0)
            Refusal = Reply.Error(bytes.Refusal);
        else if (JsonDocuments.TryParse(bytes.Bytes, out _document, out var mistake))
            Fields = ObjectReader.OfBody(_document.RootElement);
        else
            Refusal = Reply.Invalid(mistake);
        Fields ??= ObjectReader.OfBody(default);
    }

    /// <summary>The answer to 408, 413, 415 and text that is no JSON; null when there is a document.</summary>
    public Reply? Refusal { get; }

    /// <summary>The whole document; of no kind when there is none.</summary>
    public JsonElement Root => _document?.RootElement ?? default;

    /// <summary>The body's fields.</summary>
    public ObjectReader Fields { get; }

    /// <summary>What is wrong with the request so far as it was read, or null.</summary>
    public Reply? Wrong => Refusal ?? (Fields.Mistakes.Count > 0 ? Reply.Invalid(Fields.Mistakes) : null);

    /// <summary>Reads and parses the body, at most the usual limit of bytes.</summary>
    public static async Task<JsonBody> ReadAsync(HttpContext context, BodyReader reader) => new(await reader.ReadJsonAsync(context));

    /// <inheritdoc/>
    public void Dispose()
    {
        _document?.Dispose();
        _bytes.Dispose();
    }
}
