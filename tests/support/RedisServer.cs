namespace Laurel.Tests.Support;

/// <summary>A real redis-server on a free loopback port; what it holds outlives a kill, as an operator's would.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";

    private readonly TempDirectory _directory = new();
    private readonly int _port = ServerProcess.FreePort();
    private readonly string? _alsoOn;
    private ServerProcess? _process;

    private RedisServer(string? alsoOn) => _alsoOn = alsoOn;

    /// <summary>Why none can be started on this machine; null when one can.</summary>
    public static string? Absence => File.Exists(Program) ? null : $"no Redis server is installed (looked for {Program}).";

    /// <summary>Host and port.</summary>
    public string ConnectionString => ConnectionStringAt("127.0.0.1");

    /// <summary>The same for those who reach this machine by another of its addresses.</summary>
    public string ConnectionStringAt(string host) => $"{host}:{_port}";

    /// <summary>Starts an empty one.</summary>
    /// <param name="alsoOn">An address of this machine on which it listens besides.</param>
    public static async Task<RedisServer> StartAsync(string? alsoOn = null)
    {
        var server = new RedisServer(alsoOn);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts a killed one again, on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            return;
        }

        string[] arguments =
        [
            "--port", $"{_port}", "--bind", "127.0.0.1", .. (_alsoOn is null ? (string[])[] : [_alsoOn]), "--protected-mode", "no",
            "--dir", _directory, "--save", "", "--appendonly", "yes", "--appendfsync", "no",
        ];
        _process = await ServerProcess.StartAsync(Program, arguments, "Ready to accept connections");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _directory.Dispose();
    }
}
