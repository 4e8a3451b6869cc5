using Laurel.Storage;
using Npgsql;

namespace Laurel.Silo;

/// <summary>
/// Where Orleans keeps state of its own, the subscriptions of the feed: one table beside Laurel's, in a schema of its own. The provider
/// takes its statements from a table by name; these are Laurel's, written to what the provider passes and expects back.
/// </summary>
/// <remarks>
/// A state is found by service, type and key (two numbers and a text, whichever the kind of key uses). Every write is a compare-and-set
/// of its version: no row returned, or none changed, is a lost race, which the provider reports. Cleared states keep their version.
/// </remarks>
internal static class OrleansState
{
    /// <summary>The name that Orleans' streams ask for.</summary>
    public const string Name = "PubSubStore";

    private const string Schema = "laurel_orleans";

    /// <summary>Nodes that start at the same time make the tables one after the other.</summary>
    private const long CreationLock = 0x4C61_7572_656C_4F72;

    private const string Tables = $"""
        CREATE SCHEMA IF NOT EXISTS {Schema};
        CREATE TABLE IF NOT EXISTS {Schema}.orleansquery (
            querykey varchar(64) NOT NULL PRIMARY KEY,
            querytext varchar(8000) NOT NULL
        );
        CREATE TABLE IF NOT EXISTS {Schema}.grain_states (
            service_id text COLLATE "C" NOT NULL,
            grain_type text COLLATE "C" NOT NULL,
            key_n0 bigint NOT NULL,
            key_n1 bigint NOT NULL,
            key_text text COLLATE "C" NOT NULL,
            version integer NOT NULL,
            data bytea,
            changed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (service_id, grain_type, key_n0, key_n1, key_text)
        );
        """;

    private const string ThisState = """
        service_id = @ServiceId AND grain_type = @GrainTypeString AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
        AND key_text = coalesce(@GrainIdExtensionString::text, '')
        """;

    private const string ThisVersion = $"{ThisState} AND version = @GrainStateVersion::integer";

    /// <summary>The provider's names of what it does, and how it is done here.</summary>
    private static readonly (string Key, string Text)[] Statements =
    [
        ("ReadFromStorageKey", $"SELECT data AS PayloadBinary, version AS Version FROM grain_states WHERE {ThisState}"),
        ("WriteToStorageKey", $"""
            WITH updated AS (
                UPDATE grain_states SET data = @PayloadBinary::bytea, version = version + 1, changed_at = now() WHERE {ThisVersion} RETURNING version
            ), inserted AS (
                INSERT INTO grain_states (service_id, grain_type, key_n0, key_n1, key_text, version, data)
                SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''), 1, @PayloadBinary::bytea
                WHERE @GrainStateVersion::integer IS NULL
                ON CONFLICT DO NOTHING RETURNING version
            )
            SELECT version AS NewGrainStateVersion FROM updated UNION ALL SELECT version FROM inserted
            """),
        ("ClearStorageKey", $"""
            UPDATE grain_states SET data = NULL, version = version + 1, changed_at = now() WHERE {ThisVersion} RETURNING version AS NewGrainStateVersion
            """),
        ("DeleteStorageKey", $"DELETE FROM grain_states WHERE {ThisVersion} RETURNING version + 1 AS NewGrainStateVersion"),
    ];

    /// <summary>Orleans opens one for each state it reads or writes. All silos' together must leave room for the journals'.</summary>
    private const int MostConnections = 8;

    /// <summary>Has the silo keep its state in this database.</summary>
    public static ISiloBuilder AddOrleansState(this ISiloBuilder silo, string connectionString) => silo.AddAdoNetGrainStorage(Name, options =>
    {
        options.Invariant = "Npgsql";
        options.ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, MaxPoolSize = MostConnections }.ConnectionString;
        // A season nobody watches leaves nothing behind.
        options.DeleteStateOnClear = true;
    });

    /// <summary>Makes the tables unless they are there, and puts the statements of this version in place.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public static async Task CreateAsync(string connectionString)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(connectionString);
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(new("SELECT pg_advisory_xact_lock($1)") { Parameters = { new() { Value = CreationLock } } });
            foreach (var statement in Tables.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                batch.BatchCommands.Add(new(statement.TrimEnd(';')));
            foreach (var (key, text) in Statements)
            {
                batch.BatchCommands.Add(new(
                    $"INSERT INTO {Schema}.orleansquery VALUES ($1, $2) ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext")
                {
                    Parameters = { new() { Value = key }, new() { Value = text } },
                });
            }

            await batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        catch (NpgsqlException error)
        {
            throw new StorageUnavailableException($"The tables for Orleans' own state could not be made: {error.Message}", error);
        }
    }
}
