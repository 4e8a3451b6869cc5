using Laurel.Storage.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>
/// Commits groups over the one connection that writes. When it breaks, a new one is made, with growing pauses between attempts; in a
/// pause writes fail at once.
/// </summary>
internal sealed partial class PostgresCommitter(PostgresConnections connections, TimeProvider clock, ILogger logger) : IGroupCommitter
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(2);
    private static readonly TimeProvider Stopwatch = TimeProvider.System;

    private readonly ForgettingPace _forgetting = new(Stopwatch);
    private PostgresSession? _session;
    private TimeSpan _pause;
    private long _pausedAt;
    private bool _failing;

    public void Commit(IReadOnlyList<WriteRequest> group)
    {
        var end = TryCommit(group, out var splittable);
        if (splittable && group.Count > 1)
        {
            // Rolled back for certain. Whatever is at fault shall not fail the others.
            foreach (var request in group)
            {
                WriteRequest.ConcludeAll([request], TryCommit([request], out _));
            }

            return;
        }

        WriteRequest.ConcludeAll(group, end);
    }

    public void Tend(bool idle)
    {
        try
        {
            _forgetting.Run(limit => Session()?.ForgetExpired(limit) ?? 0);
        }
        catch (NpgsqlException error)
        {
            NoteFailure(error);
        }
    }

    public void Report(Exception defect)
    {
        LogDefect(logger, defect);
        Disconnect();
    }

    public void Dispose() => Disconnect();

    /// <summary>How the transaction ended.</summary>
    private WriteOutcome TryCommit(IReadOnlyList<WriteRequest> group, out bool splittable)
    {
        var committing = false;
        splittable = false;
        try
        {
            if (Session() is not { } session)
            {
                return WriteOutcome.Failed;
            }

            if (AppendRun.OfWhole(group) is { } run)
            {
                committing = true;
                session.CommitAlone(run);
            }
            else
            {
                using var transaction = session.Execute(group, probe: _failing);
                committing = true;
                transaction.Commit();
            }

            NoteSuccess();
            return WriteOutcome.Committed;
        }
        catch (NpgsqlException error)
        {
            splittable = error.IsWorthSplitting();
            NoteFailure(error);
            return committing && !error.IsAnswer() ? WriteOutcome.Unknown : WriteOutcome.Failed;
        }
    }

    /// <summary>The session, a new one when there is none; null while it is too early for another attempt.</summary>
    private PostgresSession? Session()
    {
        if (_session is null && (_pause == TimeSpan.Zero || Stopwatch.GetElapsedTime(_pausedAt) >= _pause))
        {
            _session = new PostgresSession(connections.OpenWriter(), clock);
        }

        return _session;
    }

    private void NoteSuccess()
    {
        _pause = TimeSpan.Zero;
        if (_failing)
        {
            _failing = false;
            LogRecovered(logger, connections.Description);
        }
    }

    private void NoteFailure(NpgsqlException error)
    {
        if (!_failing)
        {
            _failing = true;
            LogFailing(logger, connections.Description, error);
        }

        if (!error.IsAnswer())
        {
            Disconnect();
            _pausedAt = Stopwatch.GetTimestamp();
            _pause = TimeSpan.FromTicks(Math.Clamp(2 * _pause.Ticks, LeastPause.Ticks, MostPause.Ticks));
        }
    }

    private void Disconnect()
    {
        _session?.Dispose();
        _session = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database {Database} does not take all writes. Some fail until it does again.")]
    private static partial void LogFailing(ILogger logger, string database, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database {Database} takes writes again.")]
    private static partial void LogRecovered(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A defect in the database's writer.")]
    private static partial void LogDefect(ILogger logger, Exception defect);
}
