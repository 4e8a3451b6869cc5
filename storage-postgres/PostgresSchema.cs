using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>The tables, and the steps from every older version to this one.</summary>
internal static class PostgresSchema
{
    /// <summary>Any number will do that nothing else in the database locks.</summary>
    private const long MigrationLock = 0x6c61_7572_656c;

    /// <summary>How long a step, or waiting for another process's step, may take.</summary>
    private const int StepSeconds = 300;

    /// <summary>The step at index n leads from version n to n + 1. A released step never changes.</summary>
    /// <remarks>
    /// Keys are compared by their bytes (collation C). Heads leave half of each page free, so that their frequent updates stay on it and
    /// touch no index. Blobs of a usual batch stay in their row, uncompressed: out of line they would cost two more rows and an index
    /// entry each.
    /// </remarks>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE journals (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE,
            epoch bigint NOT NULL DEFAULT 1,
            last_sequence bigint NOT NULL DEFAULT 0,
            snapshot bigint,
            snapshot_epoch bigint,
            snapshot_sequence bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 50);
        CREATE TABLE blobs (
            journal bigint NOT NULL,
            last_sequence bigint NOT NULL,
            data bytea NOT NULL,
            PRIMARY KEY (journal, last_sequence)
        ) WITH (toast_tuple_target = 8160);
        ALTER TABLE blobs ALTER COLUMN data SET STORAGE EXTERNAL;
        CREATE TABLE slices (
            journal bigint NOT NULL,
            epoch bigint NOT NULL,
            snapshot bigint NOT NULL,
            slice integer NOT NULL,
            data bytea NOT NULL,
            PRIMARY KEY (journal, epoch, snapshot, slice)
        );
        ALTER TABLE slices ALTER COLUMN data SET STORAGE EXTERNAL;
        CREATE TABLE marks (
            scope text COLLATE "C" NOT NULL,
            key bytea NOT NULL,
            data bytea NOT NULL,
            expires_ms bigint NOT NULL,
            PRIMARY KEY (scope, key)
        );
        CREATE INDEX marks_by_expiry ON marks (expires_ms);
        CREATE TABLE records (
            key text COLLATE "C" NOT NULL PRIMARY KEY,
            version bigint NOT NULL,
            data bytea NOT NULL
        );
        CREATE TABLE probe (id integer PRIMARY KEY, writes bigint NOT NULL);
        INSERT INTO probe VALUES (1, 0);
        """,
    ];

    /// <summary>The version this program writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a database to <see cref="Version"/>, one transaction a step; several processes may do so at once.</summary>
    /// <exception cref="NewerSchemaException">It was written by a newer program.</exception>
    /// <exception cref="StorageUnavailableException">Its encoding is not UTF8.</exception>
    public static void Migrate(NpgsqlConnection connection, string schema, string description)
    {
        if (Scalar("SHOW server_encoding") is not "UTF8")
        {
            throw new StorageUnavailableException($"The database {description} is not encoded in UTF8. Create one with ENCODING 'UTF8'.");
        }

        while (true)
        {
            using var transaction = connection.BeginTransaction();
            Execute($"SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({MigrationLock})");
            if (Scalar($"SELECT to_regclass('{schema}.schema_version') IS NULL") is true)
            {
                // Asked first: creating it takes a right that a role may lack whose schema was made for it.
                var exists = Scalar($"SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'") is not null;
                Execute($"{(exists ? "" : $"CREATE SCHEMA \"{schema}\";")} CREATE TABLE schema_version (version integer NOT NULL)");
                Execute("INSERT INTO schema_version VALUES (0)");
            }

            var found = Convert.ToInt32(Scalar("SELECT version FROM schema_version"));
            if (found > Version)
            {
                throw new NewerSchemaException(description, found, Version);
            }

            if (found < Version)
            {
                Execute(Steps[found]);
                Execute($"UPDATE schema_version SET version = {found + 1}");
            }

            transaction.Commit();
            if (found + 1 >= Version)
            {
                return;
            }
        }

        void Execute(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StepSeconds };
            command.ExecuteNonQuery();
        }

        object? Scalar(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StepSeconds };
            return command.ExecuteScalar();
        }
    }
}
