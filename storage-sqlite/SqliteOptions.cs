using Laurel.Storage.Writing;

namespace Laurel.Storage.Sqlite;

/// <summary>Where the embedded database lives.</summary>
public sealed class SqliteOptions
{
    /// <summary>The directory of <c>laurel.db</c>; created when missing. One process at a time.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Connections that read beside the writer.</summary>
    public int ReadConnections { get; init; } = 4;

    /// <summary>How long a write waits for a lock of a foreign process, such as a backup.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The writer's bounds.</summary>
    public WriterOptions Writer { get; init; } = new();
}
