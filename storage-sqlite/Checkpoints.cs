using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database: little and often while the writer works, all of it when it rests and once a minute.
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
    private static readonly TimeSpan EmptyEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeProvider Clock = TimeProvider.System;

    // A new process finds whatever log the one before left.
    private long _pending = 1;
    private long _emptiedAt = Clock.GetTimestamp();
    private long? _blockedAt;

    /// <summary>About this much was committed.</summary>
    public void Count(long bytes) => _pending += bytes;

    /// <summary>Runs a checkpoint when one is due.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="idle">Nobody waits.</param>
    public void Tend(SqliteConnection connection, bool idle)
    {
        if (_pending > 0 && !IsBlocked() && (idle || Clock.GetElapsedTime(_emptiedAt) >= EmptyEvery))
        {
            Empty(connection);
        }
        else if (_pending >= StepBytes)
        {
            _pending = 1;
            var (complete, logBytes) = Run(connection, "PASSIVE");
            if (!complete && logBytes > TooLarge)
            {
                // Waits for the readers that hold it up, at most the connection's busy time-out.
                Run(connection, "RESTART");
            }
        }
    }

    /// <summary>Leaves a log of no bytes, so that nothing deleted remains in it.</summary>
    private void Empty(SqliteConnection connection)
    {
        if (Run(connection, "TRUNCATE").Complete)
        {
            _pending = 0;
            _emptiedAt = Clock.GetTimestamp();
        }
        else
        {
            // A foreign reader, such as a backup, holds the log. Each attempt waits for it a while, so they must be few.
            _blockedAt = Clock.GetTimestamp();
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
