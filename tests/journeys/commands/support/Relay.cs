using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>Stands between a client and a server and does with each POST what a test says; other requests go through.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Func<string> _server;
    private readonly Func<int, Task<Verdict>> _decide;
    private int _posts;

    private Relay(WebApplication app, Func<string> server, Func<int, Task<Verdict>> decide) => (_app, _server, _decide) = (app, server, decide);

    /// <summary>What becomes of a request.</summary>
    public abstract record Verdict
    {
        /// <summary>It goes through.</summary>
        public static readonly Verdict Pass = new Passed();

        /// <summary>The connection breaks before the server has it.</summary>
        public static readonly Verdict Drop = new Dropped();

        /// <summary>The server takes it, and the connection breaks before the answer.</summary>
        public static readonly Verdict LoseAnswer = new Lost();

        /// <summary>The relay answers, and the server never has it.</summary>
        public static Verdict Answer(int status, string body = "", int? retryAfter = null) => new Answered(status, body, retryAfter);

        internal sealed record Passed : Verdict;

        internal sealed record Dropped : Verdict;

        internal sealed record Lost : Verdict;

        internal sealed record Answered(int Status, string Body, int? RetryAfter) : Verdict;
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>How many POSTs came.</summary>
    public int Posts => Volatile.Read(ref _posts);

    /// <param name="server">The server's address at the time of each request.</param>
    /// <param name="decide">Says by the number of a POST, from 1, what becomes of it.</param>
    public static async Task<Relay> StartAsync(Func<string> server, Func<int, Task<Verdict>> decide)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var relay = new Relay(app, server, decide);
        app.Run(relay.HandleAsync);
        await app.StartAsync();
        return relay;
    }

    /// <inheritdoc cref="StartAsync(Func{string}, Func{int, Task{Verdict}})"/>
    public static Task<Relay> StartAsync(Func<string> server, Func<int, Verdict> decide) => StartAsync(server, number => Task.FromResult(decide(number)));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var verdict = HttpMethods.IsPost(context.Request.Method) ? await _decide(Interlocked.Increment(ref _posts)) : Verdict.Pass;
        if (verdict is Verdict.Dropped)
        {
            context.Abort();
        }
        else if (verdict is Verdict.Answered answer)
        {
            context.Response.StatusCode = answer.Status;
            if (answer.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await context.Response.WriteAsync(answer.Body);
        }
        else
        {
            await ForwardAsync(context, verdict is Verdict.Lost);
        }
    }

    private async Task ForwardAsync(HttpContext context, bool loseAnswer)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), _server() + context.Request.Path + context.Request.QueryString);
        if (context.Request.Headers["X-API-Key"] is [{ } key])
            request.Headers.Add("X-API-Key", key);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            context.Abort();
            return;
        }

        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync();
            if (loseAnswer)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)response.StatusCode;
            if (response.Headers.RetryAfter is { } retryAfter)
                context.Response.Headers.RetryAfter = retryAfter.ToString();
            if (response.StatusCode != HttpStatusCode.NoContent)
                await context.Response.Body.WriteAsync(body);
        }
    }
}
