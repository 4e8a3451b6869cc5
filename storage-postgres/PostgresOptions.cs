using Laurel.Storage.Writing;

namespace Laurel.Storage.Postgres;

/// <summary>Where the shared database is.</summary>
public sealed class PostgresOptions
{
    /// <summary>As Npgsql takes it. Pool size and time-outs are set by the store.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The schema that holds the tables: lower-case letters, digits and <c>_</c>. Created when missing, for which the role needs the right
    /// to create schemas in the database.
    /// </summary>
    public string Schema { get; init; } = "laurel";

    /// <summary>Connections that read beside the writer's one.</summary>
    public int ReadConnections { get; init; } = 8;

    /// <summary>How long a statement may take, and a connection to be made; less than the writer's deadline.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a write waits for a lock of another process.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The writer's bounds.</summary>
    public WriterOptions Writer { get; init; } = new();
}
