using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Laurel.Bench.Macro;

/// <summary>The verb <c>serve-parse</c>: endpoints that read a submission and do nothing with it. What remains is what HTTP and JSON cost.</summary>
internal static class ParseVerb
{
    /// <summary>Parses into a class model by source-generated code.</summary>
    public const string SourceGenerated = "/source-generated";

    /// <summary>Reads token by token from a flat buffer.</summary>
    public const string Reader = "/reader";

    /// <summary>Reads the bytes alone.</summary>
    public const string Unparsed = "/unparsed";

    /// <summary>Serves until standard input ends.</summary>
    public static Task<int> RunAsync(int port) => PlainServer.RunAsync(port, static app =>
    {
        app.MapPost(SourceGenerated, SourceGeneratedAsync);
        app.MapPost(Reader, ReaderAsync);
        app.MapPost(Unparsed, UnparsedAsync);
    });

    private static async Task SourceGeneratedAsync(HttpContext context)
    {
        var submission = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, SubmissionJson.Default.SubmissionModel);
        Require(submission!.Scores.Count > 0);
        await PlainServer.AnswerAsync(context);
    }

    private static async Task ReaderAsync(HttpContext context)
    {
        using (var body = await FlatBody.ReadAsync(context.Request))
            Require(CountScores(body.Bytes) > 0);
        await PlainServer.AnswerAsync(context);
    }

    private static async Task UnparsedAsync(HttpContext context)
    {
        using (var body = await FlatBody.ReadAsync(context.Request))
            Require(body.Bytes.Length > 0);
        await PlainServer.AnswerAsync(context);
    }

    private static int CountScores(ReadOnlySpan<byte> body)
    {
        var scores = 0;
        for (var reader = new SubmissionReader(body); reader.MoveNext();)
            scores++;
        return scores;
    }

    private static void Require(bool parsed)
    {
        if (!parsed)
            throw new BadHttpRequestException("The body holds no scores.");
    }
}
