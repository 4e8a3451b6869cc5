using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Laurel.Bench.Macro;

/// <summary>What the servers that Laurel is held against have in common: bare Kestrel, a fixed answer, no logs, and an end with standard input.</summary>
internal static class PlainServer
{
    private static readonly byte[] Answer = """{"success":true,"total":100,"successCount":100,"failureCount":0,"errors":[]}"""u8.ToArray();

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="port">On the loopback interface.</param>
    /// <param name="map">Adds the routes.</param>
    public static async Task<int> RunAsync(int port, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        map(app);
        app.MapGet("/ready", static context => AnswerAsync(context));
        await app.StartAsync();
        await StandardInput.ReadAsync(static _ => { });
        await app.StopAsync();
        return 0;
    }

    /// <summary>Answers as the dialect does when every score succeeded.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        return context.Response.BodyWriter.WriteAsync(Answer).AsTask();
    }
}
