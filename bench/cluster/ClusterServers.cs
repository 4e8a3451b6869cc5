using Laurel.Tests.Support;
using Npgsql;

namespace Laurel.Bench.Cluster;

/// <summary>A PostgreSQL and a Redis of the run's own.</summary>
internal sealed class ClusterServers : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;

    private ClusterServers(PostgresServer postgres, RedisServer redis) => (_postgres, _redis) = (postgres, redis);

    /// <summary>Where the membership is kept.</summary>
    public string Redis => _redis.ConnectionString;

    /// <summary>Starts them.</summary>
    public static async Task<ClusterServers> StartAsync()
    {
        var postgres = await PostgresServer.StartAsync();
        try
        {
            return new ClusterServers(postgres, await RedisServer.StartAsync());
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database, and says how it is reached.</summary>
    public async Task<string> MakeDatabaseAsync(string name)
    {
        await using var source = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
