using Laurel.Bench.Macro;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Laurel.Bench.Live;

/// <summary>The verb <c>serve-bytes</c>: bare Kestrel that answers a file's bytes from memory.</summary>
internal static class BytesVerb
{
    /// <summary>Serves until standard input ends.</summary>
    public static async Task<int> RunAsync(int port, string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        return await PlainServer.RunAsync(port, app => app.MapGet("/api/v1/leaderboard/entries", context => AnswerAsync(context.Response, bytes)));
    }

    private static Task AnswerAsync(HttpResponse response, byte[] bytes)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.BodyWriter.WriteAsync(bytes).AsTask();
    }
}
