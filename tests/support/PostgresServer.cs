namespace Laurel.Tests.Support;

/// <summary>A real PostgreSQL server on a free loopback port, with a data directory of its own that goes with it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";

    private readonly TempDirectory _directory;
    private readonly int _port;
    private readonly string? _alsoOn;
    private ServerProcess? _process;

    private PostgresServer(TempDirectory directory, int port, string? alsoOn)
    {
        _directory = directory;
        _port = port;
        _alsoOn = alsoOn;
    }

    /// <summary>Why none can be started on this machine; null when one can.</summary>
    public static string? Absence =>
        Binaries is null ? "no PostgreSQL server is installed (looked in /usr/lib/postgresql/*/bin)."
        : Environment.IsPrivilegedProcess && !File.Exists(SetPriv) ? "PostgreSQL refuses to run as root, and there is no setpriv."
        : null;

    /// <summary>Leads to the superuser's own database.</summary>
    public string ConnectionString => ConnectionStringAt("127.0.0.1");

    /// <summary>The same for those who reach this machine by another of its addresses.</summary>
    public string ConnectionStringAt(string host) => $"Host={host};Port={_port};Username=postgres;Database=postgres";

    private static string? Binaries => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => bin, StringComparer.Ordinal)
            .FirstOrDefault()
        : null;

    /// <summary>Makes a new cluster and starts it. Its files are not synced: they outlive crashes of processes, not of machines.</summary>
    /// <param name="alsoOn">An address of this machine on which it listens besides, to all of that address's network.</param>
    public static async Task<PostgresServer> StartAsync(string? alsoOn = null)
    {
        var server = new PostgresServer(new TempDirectory(), ServerProcess.FreePort(), alsoOn);
        try
        {
            var data = server._directory.Path;
            if (Environment.IsPrivilegedProcess)
            {
                await ServerProcess.RunAsync("chown", "postgres:postgres", data);
            }

            string[] options = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
            string[] initialise = [.. AsUser("initdb"), .. options];
            await ServerProcess.RunAsync(initialise[0], initialise[1..]);
            if (alsoOn is not null)
            {
                await File.AppendAllTextAsync(Path.Combine(data, "pg_hba.conf"), "host all all samenet trust\n");
            }

            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills every process of the server, as a crash of the machine's power would, but for what the disk keeps.</summary>
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
        string[] command =
        [
            .. AsUser("postgres"), "-D", _directory.Path, "-p", $"{_port}", "-c", $"listen_addresses=127.0.0.1{(_alsoOn is null ? "" : $",{_alsoOn}")}",
            "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200", "-c", "lc_messages=C",
        ];
        for (var attempt = 1; _process is null; attempt++)
        {
            try
            {
                _process = await ServerProcess.StartAsync(command[0], command[1..], "database system is ready to accept connections");
            }
            catch (InvalidOperationException error) when (attempt < 50 && error.Message.Contains("still in use", StringComparison.Ordinal))
            {
                // The last children of the killed one are about to notice.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _directory.Dispose();
    }

    /// <summary>The command line's beginning: the program, run by the user postgres when this process is root's.</summary>
    private static string[] AsUser(string program)
    {
        var path = Path.Combine(Binaries!, program);
        return Environment.IsPrivilegedProcess
            ? [SetPriv, "--reuid=postgres", "--regid=postgres", "--init-groups", path]
            : [path];
    }
}
