using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database: little and often while the writer works, all of it when it rests.
/// </summary>
/// <remarks>
/// They run on the writer's thread, after a group's outcomes were given. A checkpoint beside a busy writer would never see the end of
/// the log, so the log would never start over and grow for ever; on the writer's thread every complete one lets it start over. One of
/// <see cref="StepBytes"/> takes some 10 ms.
/// </remarks>
internal sealed class Checkpoints
{
    private const long StepBytes = 4 << 20;
    private const long TooLarge = 64 << 20;
    private const int PageBytes = 4096;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeProvider Clock = TimeProvider.System;

    // A new process finds whatever log the one before left.
    private long _pending = 1;
    private long? _blockedAt;

    /// <summary>About this much was committed.</summary>
    public void Count(long bytes)
    {
        _pending += bytes;
        _blockedAt = null;
    }

    /// <summary>Runs a checkpoint when one is due.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="idle">Nobody waits: empty the log altogether, so that nothing deleted remains in it.</param>
    public void Tend(SqliteConnection connection, bool idle)
    {
        if (_pending >= StepBytes)
        {
            _pending = 1;
            var (complete, logBytes) = Run(connection, "PASSIVE");
            if (!complete && logBytes > TooLarge)
            {
                // Waits for the readers that hold it up, at most the connection's busy time-out.
                Run(connection, "RESTART");
            }
        }
        else if (idle && _pending > 0 && !IsBlocked())
        {
            // A foreign reader, such as a backup, may hold the log: then not again each second.
            var (complete, _) = Run(connection, "TRUNCATE");
            if (complete)
            {
                _pending = 0;
            }
            else
            {
                _blockedAt = Clock.GetTimestamp();
            }
        }
    }

    private bool IsBlocked() => _blockedAt is { } since && Clock.GetElapsedTime(since) < RetryAfter;

    private static (bool Complete, long LogBytes) Run(SqliteConnection connection, string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var row = command.ExecuteReader();
        row.Read();
        var (busy, pages, moved) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        return (busy == 0 && pages == moved, pages * PageBytes);
    }
}
