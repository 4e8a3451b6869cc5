namespace Laurel.Bench.Macro;

/// <summary>The endpoints that Laurel is held against, each in its process; Redis where this machine has it.</summary>
internal sealed class PlainServers : IAsyncDisposable
{
    private const int Connections = 32;
    private const string Expected = "\"success\":true";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _owned = [];
    private ChildProcess _parser = null!;
    private int _parserPort;
    private ChildProcess? _stack;
    private int _stackPort;
    private RedisServer? _redis;

    /// <summary>Whether there is a redis-server to be held against.</summary>
    public bool HasRedis => _redis is not null;

    /// <summary>Starts them, and puts as many members into Redis as there are subjects.</summary>
    public static async Task<PlainServers> StartAsync(MacroContext context)
    {
        var servers = new PlainServers();
        try
        {
            context.Screen.Begin("starting the endpoints to compare with");
            servers._parserPort = Programs.FreePort();
            servers._parser = await servers.StartVerbAsync(context, servers._parserPort, "serve-parse", $"{servers._parserPort}");
            if (Programs.Find("redis-server") is { } redis)
                await servers.StartRedisAsync(context, redis);
            else
                context.Report.Remarks.Add("Left out: everything about Redis, because there is no redis-server in PATH.");
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>One of the parsing endpoints.</summary>
    /// <param name="name">As it is shown.</param>
    /// <param name="path">Which one.</param>
    public Contestant Parsing(string name, string path) => new(name, Plan(_parserPort, path), [_parser]);

    /// <summary>The stack on Redis. Precondition: <see cref="HasRedis"/>.</summary>
    public Contestant OnRedis(string name) => new(name, Plan(_stackPort, RedisStackVerb.Path), [_stack!, _redis!.Process]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
    }

    private static LoadPlan Plan(int port, string path) => new() { Port = port, Path = path, Connections = Connections, Expected = Expected };

    private async Task StartRedisAsync(MacroContext context, string program)
    {
        var subjects = context.Settings.Subjects;
        _redis = await RedisServer.StartAsync(program, context.Workspace.Make("redis"), context.Clock, context.Cancellation);
        _owned.Add(_redis);
        context.Screen.Begin($"loading {Figures.Whole(subjects)} members into Redis");
        await _redis.LoadAsync(subjects, context.Settings.Seed, members => context.Screen.Progress(members, subjects));
        _stackPort = Programs.FreePort();
        _stack = await StartVerbAsync(context, _stackPort, "serve-redis", $"{_stackPort}", $"{_redis.Port}");
    }

    private async Task<ChildProcess> StartVerbAsync(MacroContext context, int port, params string[] verb)
    {
        var process = ChildProcess.Start(Programs.Own(verb));
        _owned.Add(process);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Waiting.UntilAsync($"{verb[0]} to be ready", IsReadyAsync, TimeSpan.FromMilliseconds(50), Patience, context.Clock, context.Cancellation);
        return process;

        async Task<bool> IsReadyAsync()
        {
            process.ThrowIfExited();
            try
            {
                using var answer = await client.GetAsync("ready", context.Cancellation);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
