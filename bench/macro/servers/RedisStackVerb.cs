using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Laurel.Bench.Macro;

/// <summary>
/// The verb <c>serve-redis</c>: the usual home-made leaderboard. Each score becomes a ZADD and a ZREVRANK, a batch's commands go out
/// together, and the answer waits for all replies. It checks no player and keeps no times, so it does less than Laurel.
/// </summary>
internal static class RedisStackVerb
{
    /// <summary>Takes submissions.</summary>
    public const string Path = "/scores";

    /// <summary>Redis reads so many connections before it makes what they brought durable: several are better than one.</summary>
    private const int Pipelines = 8;

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="port">On the loopback interface.</param>
    /// <param name="redisPort">Of Redis.</param>
    public static async Task<int> RunAsync(int port, int redisPort)
    {
        var pipelines = new RespPipeline[Pipelines];
        for (var i = 0; i < Pipelines; i++)
            pipelines[i] = await RespPipeline.ConnectAsync(redisPort);

        var buffers = new DefaultObjectPool<RespCommands>(new DefaultPooledObjectPolicy<RespCommands>());
        var next = 0u;
        return await PlainServer.RunAsync(port, app => app.MapPost(Path, SubmitAsync));

        async Task SubmitAsync(HttpContext context)
        {
            using var body = await FlatBody.ReadAsync(context.Request);
            var commands = buffers.Get();
            Fill(commands, body.Bytes);
            await pipelines[Interlocked.Increment(ref next) % Pipelines].SendAsync(commands);
            buffers.Return(commands);
            await PlainServer.AnswerAsync(context);
        }
    }

    private static void Fill(RespCommands commands, ReadOnlySpan<byte> body)
    {
        commands.Clear();
        for (var reader = new SubmissionReader(body); reader.MoveNext();)
        {
            commands.Add("ZADD"u8, RedisServer.Key, reader.ScoreText, reader.UserId);
            commands.Add("ZREVRANK"u8, RedisServer.Key, reader.UserId);
        }
    }
}
