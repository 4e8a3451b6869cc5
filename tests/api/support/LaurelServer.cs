using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Storage;
using Laurel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Tests;

/// <summary>The real server on a free port, with a database of its own on a disk that a test can take away.</summary>
internal sealed class LaurelServer : IAsyncDisposable
{
    public const string AdminKey = "the-operators-key-of-the-journeys";

    private readonly TempDirectory _directory = new();
    private TestedHost _host = null!;
    private HttpClient _client = null!;

    /// <summary>Its store, to be told to fail.</summary>
    public FaultyStore Store { get; private set; } = null!;

    /// <summary>The way to its grains.</summary>
    public IGrainPort Port => _host.Services.GetRequiredService<IGrainPort>();

    public static async Task<LaurelServer> StartAsync()
    {
        var server = new LaurelServer();
        await server.OpenAsync();
        return server;
    }

    /// <summary>Stops it and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Makes a board of tenant <c>acme</c>, and returns a game key for it.</summary>
    /// <param name="id">The board's id.</param>
    /// <param name="fields">The request's other fields, JSON without the outer braces.</param>
    /// <param name="keyFields">The key's other fields, likewise.</param>
    public async Task<string> MakeBoardAsync(string id, string fields = "\"preset\":\"crazygames\"", string keyFields = "\"name\":\"game\"")
    {
        await SendAsync(HttpMethod.Post, "/tenants", """{"tenant_id":"acme"}""");
        var board = await SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards", $$"""{"leaderboard_id":"{{id}}",{{fields}}}""");
        Assert.True(board.Status == 201, board.Body);
        var key = await SendAsync(HttpMethod.Post, "/tenants/acme/keys", $$"""{"kind":"game","leaderboard_id":"{{id}}",{{keyFields}}}""");
        Assert.True(key.Status == 201, key.Body);
        return JsonDocument.Parse(key.Body).RootElement.GetProperty("api_key").GetString()!;
    }

    /// <summary>Puts a player into the register.</summary>
    public async Task PutPlayerAsync(string user, string fields = "\"privacy\":\"public\"") =>
        Assert.InRange((await SendAsync(HttpMethod.Put, $"/tenants/acme/players/{user}", $"{{{fields}}}")).Status, 200, 201);

    /// <summary>Submits a body to the CrazyGames dialect.</summary>
    public Task<Answer> SubmitAsync(string key, string body) => SendAsync(HttpMethod.Post, "/leaderboard/scores", body, key);

    /// <summary>The present standings: each user with their score, in rank order.</summary>
    public async Task<IReadOnlyList<(string User, double Score)>> StandingsAsync(string board)
    {
        var page = await SendAsync(HttpMethod.Get, $"/v1/leaderboards/acme/{board}?limit=1000");
        Assert.True(page.Status == 200, page.Body);
        return
        [
            .. JsonDocument.Parse(page.Body).RootElement.GetProperty("entries").EnumerateArray()
                .Select(static entry => (entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble())),
        ];
    }

    /// <summary>Sends any request; with the operator's key unless told otherwise.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-API-Key", key);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await _client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Dispose();
    }

    private async Task OpenAsync()
    {
        _host = await TestedHost.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--Laurel:DataDirectory={_directory.Path}", $"--Laurel:AdminKey={AdminKey}"],
            static builder => builder.Logging.ClearProviders(),
            Wrap);
        _client = new HttpClient { BaseAddress = new Uri(_host.Address) };
    }

    private FaultyStore Wrap(IStore store) => Store = new FaultyStore(store);

    private async Task CloseAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }
}
