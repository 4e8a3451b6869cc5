using System.Text.RegularExpressions;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>Makes connections with the settings that durability and deadlines rest on.</summary>
internal sealed partial class PostgresConnections : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly string _writer;
    private readonly string _settings;

    /// <exception cref="ArgumentException">The schema's name or the connection string is none.</exception>
    public PostgresConnections(PostgresOptions options)
    {
        if (!SchemaName().IsMatch(options.Schema))
        {
            throw new ArgumentException($"'{options.Schema}' is no schema name: use a to z, 0 to 9 and _, at most 63.", nameof(options));
        }

        Schema = options.Schema;
        // Every statement is made to walk an index and to stop early. Left to itself, the planner takes tables that were not analysed yet
        // for small ones, and sorts a whole journal for each of its pages.
        _settings = $"""
            SET search_path = "{options.Schema}";
            SET synchronous_commit = on;
            SET enable_seqscan = off;
            SET enable_bitmapscan = off;
            SET jit = off;
            SET statement_timeout = {(int)options.StatementTimeout.TotalMilliseconds};
            SET lock_timeout = {(int)options.LockTimeout.TotalMilliseconds};
            SET idle_in_transaction_session_timeout = {2 * (int)options.StatementTimeout.TotalMilliseconds};
            """;
        var seconds = Math.Max(1, (int)Math.Ceiling(options.StatementTimeout.TotalSeconds));
        var text = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = seconds,
            CommandTimeout = seconds,
            CancellationTimeout = 1000,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = options.ReadConnections,
            MinPoolSize = 0,
            // A reset would undo the settings; nothing else is ever set on these sessions.
            NoResetOnClose = true,
            Pooling = true,
        };
        text.ApplicationName ??= "laurel";
        Description = $"{text.Host}:{text.Port}/{text.Database}";
        var pool = new NpgsqlDataSourceBuilder(text.ToString());
        pool.UsePhysicalConnectionInitializer(Configure, ConfigureAsync);
        _pool = pool.Build();
        text.Pooling = false;
        _writer = text.ToString();
    }

    /// <summary>The schema that holds the tables.</summary>
    public string Schema { get; }

    /// <summary>Host, port and database, for messages.</summary>
    public string Description { get; }

    /// <summary>A connection from the readers' pool.</summary>
    public ValueTask<NpgsqlConnection> OpenReaderAsync() => _pool.OpenConnectionAsync();

    /// <summary>A connection of its own.</summary>
    public NpgsqlConnection OpenWriter()
    {
        var connection = new NpgsqlConnection(_writer);
        try
        {
            connection.Open();
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private void Configure(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(_settings, connection);
        command.ExecuteNonQuery();
    }

    private async Task ConfigureAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(_settings, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();
}
