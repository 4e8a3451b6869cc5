using System.Buffers;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/players/bulk</c>: a player a line, any number of lines.</summary>
internal sealed class BulkRoutes(IGrainPort port)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 16 * 1024;

    /// <summary>How many failed lines are named.</summary>
    public const int MostErrors = 100;

    private static readonly string[] ContentTypes =
        ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    public async Task<Reply> PutPlayersAsync(HttpContext context)
    {
        if (!IsLines(context.Request.ContentType))
            return Reply.Error(StatusCodes.Status415UnsupportedMediaType, "The request body must be application/x-ndjson in UTF-8");
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;

        // What is signed has been read already, within the usual limit.
        var size = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (!size.IsReadOnly)
            size.MaxRequestBodySize = null;
        var import = new PlayerImport(port, RouteIds.Tenant(context));
        List<LineError> errors = [];
        var failed = 0L;
        using (var lines = new LineReader(context.Request.BodyReader, LongestLine))
        {
            while (!import.Failed && await lines.MoveNextAsync(context.RequestAborted))
            {
                if (lines is { TooLong: false, Line.IsEmpty: true })
                    continue;
                if (Read(lines, out var mistake) is { } player)
                    await import.AddAsync(player);
                else if (++failed <= MostErrors)
                    errors.Add(new LineError(lines.Number, mistake!));
            }
        }

        await import.CompleteAsync();
        return import.Failed
            ? Reply.Error(
                StatusCodes.Status500InternalServerError,
                $"Storage failed after {import.Accepted} players were accepted; sending all lines again does no harm")
            : Reply.Ok(new BulkBody(import.Accepted, failed, errors), PhoenixJson.Shared.BulkBody);
    }

    private static bool IsLines(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && ContentTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static PlayerPut? Read(LineReader lines, out string? mistake)
    {
        if (lines.TooLong)
        {
            mistake = $"The line has more than {LongestLine} bytes";
            return null;
        }

        var text = lines.Line.IsSingleSegment ? lines.Line.First : lines.Line.ToArray();
        if (!JsonDocuments.TryParse(text, out var document, out mistake))
            return null;
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                mistake = "The line must be a JSON object";
                return null;
            }

            var fields = ObjectReader.OfBody(document.RootElement);
            var player = PlayerFields.ReadLine(fields);
            mistake = fields.Mistakes.Count > 0 ? fields.Mistakes[0].Message : null;
            return player;
        }
    }
}
