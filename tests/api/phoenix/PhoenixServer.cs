using Laurel.Storage;
using Laurel.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>
/// The real server with a database of its own. The tests of this folder share one and keep apart by their tenants; those that turn
/// the clock start their own.
/// </summary>
public sealed class PhoenixServer : IAsyncLifetime
{
    public const string AdminKey = "the-operators-key-of-these-tests";

    private readonly TempDirectory _directory = new();
    private TestedHost _host = null!;
    private int _tenants;

    public TimeProvider Clock { get; private init; } = TimeProvider.System;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Its store, to be told to fail.</summary>
    public FaultyStore Store { get; private set; } = null!;

    /// <summary>Its warnings and errors.</summary>
    internal LogLines Logs { get; } = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>Calls with the operator's key.</summary>
    public ApiClient Admin => new(Http, AdminKey);

    /// <summary>Settings beside the usual ones, <c>--Laurel:Plans:Free:Requests=5</c>.</summary>
    public string[] Settings { get; private init; } = [];

    public static async Task<PhoenixServer> StartAsync(TimeProvider? clock = null, params string[] settings)
    {
        var server = new PhoenixServer { Clock = clock ?? TimeProvider.System, Settings = settings };
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        _host = await TestedHost.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--Laurel:DataDirectory={_directory.Path}", $"--Laurel:AdminKey={AdminKey}", .. Settings],
            Configure,
            Wrap);
        Address = new Uri(_host.Address);
        Http = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Stops it and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>Calls with another key, or with none.</summary>
    public ApiClient With(string? key) => new(Http, key);

    /// <summary>Makes a tenant that no other test has.</summary>
    public async Task<string> MakeTenantAsync()
    {
        var tenant = $"tenant-{Interlocked.Increment(ref _tenants)}";
        (await Admin.PostAsync("/tenants", $$"""{"tenant_id":"{{tenant}}"}""")).Is(201);
        return tenant;
    }

    /// <summary>Makes a board in a tenant of its own and returns its path.</summary>
    /// <param name="config">Its configuration, JSON.</param>
    public async Task<Board> MakeBoardAsync(string config = "{}")
    {
        var board = new Board(await MakeTenantAsync(), "board");
        (await Admin.PostAsync($"/tenants/{board.Tenant}/leaderboards", $$"""{"leaderboard_id":"board","config":{{config}}}""")).Is(201);
        return board;
    }

    /// <summary>Makes a key and returns its text.</summary>
    /// <param name="body">The request's fields, JSON without the outer braces.</param>
    public async Task<string> MakeKeyAsync(string tenant, string body) =>
        (await Admin.PostAsync($"/tenants/{tenant}/keys", $$"""{ {{body}} }""")).Is(201).Text("api_key");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    private FaultyStore Wrap(IStore store) => Store = new FaultyStore(store);

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Clock);
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Warning);
    }
}
