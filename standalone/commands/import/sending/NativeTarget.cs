using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>
/// The native entries route. Each score carries an idempotency key made of the import's identity and its line or key, so that a line sent
/// twice within 24 hours counts once.
/// </summary>
/// <param name="courier">Brings the requests.</param>
/// <param name="board">The board.</param>
/// <param name="identity">The same for each attempt at the same import, at most 64 characters.</param>
/// <param name="lanes">How many requests may be under way.</param>
internal sealed class NativeTarget(Courier courier, LeaderboardKey board, string identity, int lanes) : IScoreTarget
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path = $"tenants/{board.Tenant}/leaderboards/{board.Board}/entries";

    /// <inheritdoc/>
    public int LargestBatch => 1000;

    /// <inheritdoc/>
    public int Lanes => lanes;

    /// <inheritdoc/>
    public async Task<TargetAnswer> SendAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellation)
    {
        var answer = await courier.PostAsync(_path, Write(items), "application/json", cancellation);
        if (answer.Status == 409)
            return TargetAnswer.Of([.. items.Select(static _ => new LineOutcome(LineStatus.Refused, ServerWords.Explain("conflict")))]);
        if (answer.Status != 200)
            return TargetAnswer.Stopped(ServerWords.ExplainStop(answer, $"a tenant key of {board.Tenant} with the scope scores:write, or an admin key"));
        return Read(answer.Body, items.Count) is { } outcomes
            ? TargetAnswer.Of(outcomes)
            : TargetAnswer.Stopped("The server answered something that is no result of a submission: is it a Laurel server?");
    }

    private ReadOnlyMemory<byte> Write(IReadOnlyList<SourceItem> items)
    {
        var body = new ArrayBufferWriter<byte>(items.Count * 160);
        using var json = new Utf8JsonWriter(body, WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("entries"u8);
        foreach (var item in items)
        {
            var score = item.Score!;
            json.WriteStartObject();
            json.WriteString("user_id"u8, score.UserId);
            json.WriteNumber("score"u8, score.Score);
            if (score.Timestamp is { } timestamp)
                json.WriteString("timestamp"u8, Timestamps.FormatMicroseconds(timestamp));
            if (score.Name is { } name)
                json.WriteString("name"u8, name);
            if (score.Metadata is { } metadata)
            {
                json.WritePropertyName("metadata"u8);
                json.WriteRawValue(metadata);
            }

            json.WriteString("idempotency_key"u8, FormattableString.Invariant($"import-{identity}-{item.Key ?? $"{item.Number}"}"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static LineOutcome[]? Read(ReadOnlyMemory<byte> body, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var results = document.RootElement.GetProperty("results"u8);
            return results.GetArrayLength() == count ? [.. results.EnumerateArray().Select(ReadOne)] : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static LineOutcome ReadOne(JsonElement result)
    {
        var label = result.GetProperty("status"u8).GetString()!;
        return label switch
        {
            "applied" => new(LineStatus.Applied),
            "unchanged" => new(LineStatus.Unchanged),
            "duplicate" => new(LineStatus.Duplicate),
            "internal-server-error" => new(LineStatus.Failed, label),
            _ => new(LineStatus.Refused, result.TryGetProperty("message"u8, out var message) ? message.GetString() : ServerWords.Explain(label)),
        };
    }
}
