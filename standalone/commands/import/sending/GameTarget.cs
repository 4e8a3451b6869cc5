using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>
/// <c>POST /leaderboard/scores</c> with a game key, which names the board. The dialect has no idempotency keys: a score whose answer
/// was lost is sent again and may count twice on a board that sums, so one request is under way at a time. It knows neither names nor
/// metadata, which are left out.
/// </summary>
/// <param name="courier">Brings the requests.</param>
/// <param name="clock">Gives scores without a timestamp the present one.</param>
internal sealed class GameTarget(Courier courier, TimeProvider clock) : IScoreTarget
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public int LargestBatch => 100;

    /// <inheritdoc/>
    public int Lanes => 1;

    /// <inheritdoc/>
    public async Task<TargetAnswer> SendAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellation)
    {
        string[] texts = [.. items.Select(item => Write(item.Score!))];
        var body = Encoding.UTF8.GetBytes($$"""{"scores":[{{string.Join(',', texts)}}]}""");
        var answer = await courier.PostAsync("leaderboard/scores", body, "application/json", cancellation);
        if (answer.Status is 200 or 400 && Read(answer, texts) is { } outcomes)
            return TargetAnswer.Of(outcomes);
        return TargetAnswer.Stopped(answer.Status == 200
            ? "The server answered something that is no result of a submission: is it a Laurel server?"
            : ServerWords.ExplainStop(answer, "a game key of this server"));
    }

    private string Write(ScoreLine score)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("userId"u8, score.UserId);
            json.WriteNumber("score"u8, score.Score);
            json.WriteString("timestamp"u8, Timestamps.FormatMicroseconds(score.Timestamp ?? Timestamps.Now(clock)));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static LineOutcome[]? Read(CourierAnswer answer, string[] texts)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errors"u8, out var errors)
                ? Match(errors, texts, answer.Status == 200)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds whose errors they are: they stand in the order of the scores and repeat their texts. Where several scores have one text,
    /// the first is taken, and no difference can be seen.
    /// </summary>
    /// <param name="errors">Those that failed.</param>
    /// <param name="texts">All that were sent.</param>
    /// <param name="processed">Whether the others went in; a request refused for the form of some is to be sent again without them.</param>
    private static LineOutcome[]? Match(JsonElement errors, string[] texts, bool processed)
    {
        var outcomes = new LineOutcome[texts.Length];
        Array.Fill(outcomes, processed ? new LineOutcome(LineStatus.Applied) : new LineOutcome(LineStatus.Failed, "validation"));
        var at = 0;
        foreach (var error in errors.EnumerateArray())
        {
            var text = error.GetProperty("score"u8).GetRawText();
            while (at < texts.Length && texts[at] != text)
                at++;
            if (at == texts.Length)
                return null;
            var type = error.GetProperty("type"u8).GetString()!;
            outcomes[at++] = type == "internal-server-error" ? new(LineStatus.Failed, type) : new(LineStatus.Refused, Explain(type, processed));
        }

        return !processed && at == 0 ? null : outcomes;
    }

    private static string Explain(string type, bool processed) =>
        processed ? ServerWords.Explain(type) : "validation: the server refuses the form, as it does for timestamps in the future";
}
