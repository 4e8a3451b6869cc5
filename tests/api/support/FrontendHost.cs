using System.Net.Http.Headers;
using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Tests;

/// <summary>The real frontend on a real port, before grains that a test commands.</summary>
internal sealed class FrontendHost : IAsyncDisposable
{
    public const string AdminKey = "an admin key of the tests";

    private readonly WebApplication _app;

    private FrontendHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public required ManualClock Clock { get; init; }

    public required FakeGrains Grains { get; init; }

    public required FakeKeys Keys { get; init; }

    public required FakeSeason Season { get; init; }

    public required FakeLeaderboard Leaderboard { get; init; }

    public required LogLines Log { get; init; }

    /// <summary>The game key of board <c>acme/board</c>.</summary>
    public required string GameKey { get; init; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="configure">Changes settings.</param>
    /// <param name="map">Adds routes, for tests of what surrounds every route.</param>
    public static async Task<FrontendHost> StartAsync(Action<FrontendOptions>? configure = null, Action<WebApplication>? map = null)
    {
        var clock = new ManualClock();
        var keys = new FakeKeys();
        var season = new FakeSeason();
        var leaderboard = new FakeLeaderboard();
        var log = new LogLines();
        var grains = new FakeGrains()
            .With<IApiKey>(keys.Grain)
            .With<IRateLimit>(new FakeLimits(clock).Grain)
            .With<ILeaderboard>(_ => leaderboard)
            .With<ISeason>(_ => season)
            .With<IDirectory>(_ => new FakeDirectory(keys));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IGrainPort>(grains);
        builder.Services.AddSingleton<IFeed>(new LocalFeed());
        builder.Services.AddLaurelFrontend(builder.Configuration);
        builder.Services.Configure<FrontendOptions>(options => options.AdminKeyHash = ApiKeyText.Hash(AdminKey));
        if (configure is not null)
            builder.Services.Configure(configure);

        var app = builder.Build();
        app.MapLaurel();
        map?.Invoke(app);
        await app.StartAsync();
        return new FrontendHost(app)
        {
            Clock = clock,
            Grains = grains,
            Keys = keys,
            Season = season,
            Leaderboard = leaderboard,
            Log = log,
            GameKey = keys.Make(KeyKinds.Game, "acme", "board"),
        };
    }

    /// <summary>Submits a body to the CrazyGames dialect with the game key.</summary>
    public Task<Answer> SubmitAsync(string body) => SubmitAsync(Encoding.UTF8.GetBytes(body));

    /// <inheritdoc cref="SubmitAsync(string)"/>
    public Task<Answer> SubmitAsync(byte[] body, string? key = null, string? contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/leaderboard/scores") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-API-Key", key ?? GameKey);
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(request);
    }

    /// <summary>Sends any request.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sends a request with a key in <c>X-API-Key</c>.</summary>
    public Task<Answer> SendAsync(HttpMethod method, string path, string? key = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        return SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
