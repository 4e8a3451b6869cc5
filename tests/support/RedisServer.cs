namespace Laurel.Tests.Support;

/// <summary>A real redis-server on a free loopback port, in memory only.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";

    private readonly TempDirectory _directory;
    private readonly ServerProcess _process;

    private RedisServer(TempDirectory directory, ServerProcess process, int port)
    {
        (_directory, _process) = (directory, process);
        ConnectionString = $"127.0.0.1:{port}";
    }

    /// <summary>Why none can be started on this machine; null when one can.</summary>
    public static string? Absence => File.Exists(Program) ? null : $"no Redis server is installed (looked for {Program}).";

    /// <summary>Host and port.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts an empty one.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var directory = new TempDirectory();
        var port = ServerProcess.FreePort();
        string[] arguments = ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "no"];
        try
        {
            return new RedisServer(directory, await ServerProcess.StartAsync(Program, arguments, "Ready to accept connections"), port);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }
}
