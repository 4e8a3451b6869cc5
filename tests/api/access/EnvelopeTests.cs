using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Each family speaks its own words for everything that can go wrong around a route.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private static readonly Dictionary<string, (string Path, Func<string, string, int, string> Envelope)> Families = new()
    {
        ["crazygames"] = ("/leaderboard/probe", static (_, text, _) => $$"""{"error":"{{text}}"}"""),
        ["rankora"] = ("/api/v1/probe", static (_, text, _) => $$"""{"success":false,"error":"{{text}}"}"""),
        ["leaderboardapi"] = ("/v1/token/probe", static (_, text, _) => $$"""{"message":"{{text}}"}"""),
        ["phoenix"] = ("/leaderboards/probe", static (code, text, status) => $$$"""{"error":{"code":"{{{code}}}","message":"{{{text}}}","status":{{{status}}}}}"""),
        ["events"] = ("/v1/events/probe", static (code, text, _) => $$"""{"error":"{{text}}","code":"{{code}}"}"""),
        ["plain"] = ("/elsewhere/probe", static (_, text, _) => $$"""{"error":"{{text}}"}"""),
    };

    private FrontendHost _host = null!;

    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { "crazygames", 404, "", "Not Found" },
        { "crazygames", 405, "", "Method Not Allowed" },
        { "crazygames", 401, "", "Unauthorized" },
        { "crazygames", 403, "", "Unauthorized" },
        { "crazygames", 413, "", "Payload Too Large" },
        { "crazygames", 415, "", "Unsupported Media Type" },
        { "crazygames", 429, "", "Too Many Requests" },
        { "crazygames", 500, "", "Internal Server Error" },
        { "rankora", 404, "", "Not Found" },
        { "rankora", 405, "", "Method Not Allowed" },
        { "rankora", 401, "", "Missing or invalid API key" },
        { "rankora", 403, "", "Access denied for this resource or operation" },
        { "rankora", 413, "", "Payload Too Large" },
        { "rankora", 415, "", "Unsupported Media Type" },
        { "rankora", 429, "", "Rate limit exceeded" },
        { "rankora", 500, "", "Server encountered an error" },
        { "leaderboardapi", 404, "", "Not Found" },
        { "leaderboardapi", 405, "", "Method Not Allowed" },
        { "leaderboardapi", 401, "", "Not Authorized" },
        { "leaderboardapi", 403, "", "Not Authorized" },
        { "leaderboardapi", 413, "", "Payload Too Large" },
        { "leaderboardapi", 415, "", "Unsupported Media Type" },
        { "leaderboardapi", 429, "", "Too Many Requests" },
        { "leaderboardapi", 500, "", "Internal Server Error" },
        { "phoenix", 404, "NOT_FOUND", "There is nothing at this path" },
        { "phoenix", 405, "METHOD_NOT_ALLOWED", "Method Not Allowed" },
        { "phoenix", 401, "UNAUTHORIZED", "A valid API key is needed in X-API-Key or Authorization: Bearer" },
        { "phoenix", 403, "FORBIDDEN", "The API key does not allow this" },
        { "phoenix", 413, "PAYLOAD_TOO_LARGE", "The request body is too large" },
        { "phoenix", 415, "UNSUPPORTED_MEDIA_TYPE", "The request body must be application/json in UTF-8" },
        { "phoenix", 429, "RATE_LIMITED", "The rate limit is used up; Retry-After says for how many seconds" },
        { "phoenix", 500, "INTERNAL_ERROR", "Something went wrong on the server; trying again may help" },
        { "events", 404, "NOT_FOUND_001", "Not Found" },
        { "events", 405, "VALIDATION_001", "Method Not Allowed" },
        { "events", 401, "AUTH_001", "Unauthorized" },
        { "events", 403, "AUTH_002", "Forbidden" },
        { "events", 413, "VALIDATION_001", "Payload Too Large" },
        { "events", 415, "VALIDATION_001", "Unsupported Media Type" },
        { "events", 429, "RATE_LIMIT_001", "Too Many Requests" },
        { "events", 500, "INTERNAL_001", "Internal Server Error" },
        { "plain", 404, "", "Not Found" },
        { "plain", 405, "", "Method Not Allowed" },
        { "plain", 500, "", "Internal Server Error" },
    };

    public async ValueTask InitializeAsync() => _host = await FrontendHost.StartAsync(map: static app =>
    {
        var bodies = app.Services.GetRequiredService<BodyReader>();
        foreach (var (name, (path, _)) in Families)
        {
            RequestDelegate read = async context =>
            {
                using var body = await bodies.ReadJsonAsync(context);
                if (body.Refusal != 0)
                    await RouteFamilies.Of(context.Request.Path).WriteErrorAsync(context, body.Refusal);
            };
            RequestDelegate fail = static _ => throw new InvalidOperationException("a secret detail");
            if (name == "plain")
            {
                app.MapPost(path, read);
                app.MapPost(path + "/fail", fail);
                continue;
            }

            app.MapPost(path, read).Admit(KeyKinds.Tenant);
            app.MapPost(path + "/fail", fail).AdmitEveryone();
        }
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_in_the_familys_envelope(string family, int status, string code, string text)
    {
        var (path, envelope) = Families[family];

        var answer = await ProvokeAsync(path, status);

        var expectedStatus = status == 403 && family is "crazygames" or "leaderboardapi" ? 401 : status;
        Assert.Equal(expectedStatus, answer.Status);
        Assert.Equal(envelope(code, text, expectedStatus), answer.Body);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.False(answer.Headers.ContainsKey("Server"));
        if (status == 405)
            Assert.Equal("POST", answer.Headers["Allow"]);
        if (status == 429)
            Assert.InRange(int.Parse(answer.Headers["Retry-After"]), 1, 61);
        Assert.Equal(status == 500 ? 1 : 0, _host.Log.All.Count(static line => line.Level >= LogLevel.Error));
    }

    [Theory]
    [InlineData("/leaderboard/scores", "crazygames")]
    [InlineData("/Leaderboard/Scores", "crazygames")]
    [InlineData("/leaderboard", "crazygames")]
    [InlineData("/leaderboards", "phoenix")]
    [InlineData("/leaderboards/x", "phoenix")]
    [InlineData("/tenants", "phoenix")]
    [InlineData("/tenants/t/anything", "phoenix")]
    [InlineData("/v1/leaderboards/t/b", "phoenix")]
    [InlineData("/v1/snapshots/t/b", "phoenix")]
    [InlineData("/v1/leaderboard", "leaderboardapi")]
    [InlineData("/v1/leaderboard/1", "leaderboardapi")]
    [InlineData("/v1/team/1", "leaderboardapi")]
    [InlineData("/v1/token", "leaderboardapi")]
    [InlineData("/v1/score/leaderboard/1", "leaderboardapi")]
    [InlineData("/ping", "leaderboardapi")]
    [InlineData("/v1/events", "events")]
    [InlineData("/v1/events/bulk", "events")]
    [InlineData("/api/v1/leaderboard", "rankora")]
    [InlineData("/v1", "operations")]
    [InlineData("/v1/other", "operations")]
    [InlineData("/leaderboardss", "operations")]
    [InlineData("/health", "operations")]
    [InlineData("/", "operations")]
    [InlineData("", "operations")]
    public void Every_path_belongs_to_one_family(string path, string family) => Assert.Equal(family, RouteFamilies.Of(new PathString(path)).Name);

    [Fact]
    public async Task A_route_that_does_not_say_who_may_use_it_answers_nobody()
    {
        await using var host = await FrontendHost.StartAsync(map: static app => app.MapGet("/tenants/forgotten/route", static () => "secret"));

        var answer = await host.SendAsync(HttpMethod.Get, "/tenants/forgotten/route", FrontendHost.AdminKey);

        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_after_the_answer_began_breaks_the_connection_off()
    {
        await using var host = await FrontendHost.StartAsync(map: static app => app.MapGet("/half", static async context =>
        {
            await context.Response.WriteAsync("half an answer");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException();
        }));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.SendAsync(HttpMethod.Get, "/half"));
    }

    [Fact]
    public async Task Nothing_is_answered_by_a_key_whose_permits_nobody_can_count()
    {
        var key = _host.Keys.Make(KeyKinds.Tenant);
        _host.Grains.Fail<GrainInterfaces.IRateLimit>();

        Assert.Equal(500, (await PostAsync("/leaderboards/probe", key, "{}")).Status);
    }

    [Fact]
    public async Task A_key_that_nobody_can_verify_is_an_error_of_the_servers()
    {
        var key = _host.Keys.Make(KeyKinds.Tenant);
        _host.Grains.Fail<GrainInterfaces.IApiKey>();

        Assert.Equal(500, (await PostAsync("/leaderboards/probe", key, "{}")).Status);
    }

    private async Task<Answer> ProvokeAsync(string path, int status) => status switch
    {
        404 => await _host.SendAsync(HttpMethod.Get, path + "/nowhere"),
        405 => await _host.SendAsync(HttpMethod.Delete, path),
        401 => await PostAsync(path, "no key", "{}"),
        403 => await PostAsync(path, _host.Keys.Make(KeyKinds.Embed), "{}"),
        413 => await PostAsync(path, _host.Keys.Make(KeyKinds.Tenant), new string(' ', 1024 * 1024 + 1)),
        415 => await PostAsync(path, _host.Keys.Make(KeyKinds.Tenant), "{}", "text/plain"),
        429 => await ExhaustAsync(path),
        _ => await PostAsync(path + "/fail", null, "{}"),
    };

    private async Task<Answer> ExhaustAsync(string path)
    {
        var key = _host.Keys.Make(KeyKinds.Tenant, limit: new(1, 60));
        await PostAsync(path, key, "{}");
        return await PostAsync(path, key, "{}");
    }

    private Task<Answer> PostAsync(string path, string? key, string body, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (key is not null && path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        else if (key is not null)
            request.Headers.Add("X-API-Key", key);
        return _host.SendAsync(request);
    }
}
