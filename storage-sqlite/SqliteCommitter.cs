using Laurel.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Laurel.Storage.Sqlite;

/// <summary>Commits groups over the one connection that writes, and opens it anew after errors that may have hurt it.</summary>
internal sealed partial class SqliteCommitter(string path, SqliteOptions options, TimeProvider clock, ILogger logger) : IGroupCommitter
{
    private const int RowBytes = 64;

    private readonly Checkpoints _checkpoints = new();
    private readonly ForgettingPace _forgetting = new(TimeProvider.System);
    private SqliteSession? _session;
    private bool _failing;

    /// <summary>Opens the connection now, so that a database that cannot be opened is known at the start.</summary>
    public void Connect() => Session();

    public void Commit(IReadOnlyList<WriteRequest> group)
    {
        var end = TryCommit(group);
        WriteRequest.ConcludeAll(group, end);
        if (end == WriteOutcome.Committed)
        {
            _checkpoints.Count(group.Sum(request => request.Bytes + (request.Rows * RowBytes)));
        }
    }

    public void Tend(bool idle)
    {
        if (_session is not { } session || _failing)
        {
            return;
        }

        try
        {
            _checkpoints.Count(_forgetting.Run(session.Journals.ForgetExpired) * RowBytes);
            _checkpoints.Tend(session.Connection, idle);
        }
        catch (SqliteException error)
        {
            LogHousekeeping(logger, error);
        }
    }

    public void Report(Exception defect) => LogDefect(logger, defect);

    public void Dispose() => _session?.Dispose();

    /// <summary>How the transaction ended.</summary>
    private WriteOutcome TryCommit(IReadOnlyList<WriteRequest> group)
    {
        var committing = false;
        try
        {
            var session = Session();
            session.Begin();
            foreach (var request in group)
            {
                session.Execute(request, probe: _failing);
            }

            committing = true;
            session.Commit();
            SetFailing(null);
            return WriteOutcome.Committed;
        }
        catch (SqliteException error)
        {
            SetFailing(error);
            Abandon(keepConnection: error.KeepsConnection());
            return committing && !error.IsCertainAtCommit() ? WriteOutcome.Unknown : WriteOutcome.Failed;
        }
        catch
        {
            Abandon(keepConnection: false);
            throw;
        }
    }

    private SqliteSession Session()
    {
        if (_session is null)
        {
            var connection = SqliteConnections.OpenWriter(path, options.LockTimeout);
            _session = new SqliteSession(connection, clock);
        }

        return _session;
    }

    private void Abandon(bool keepConnection)
    {
        if (_session is not null && !(keepConnection && _session.TryRollBack()))
        {
            _session.Dispose();
            _session = null;
        }
    }

    private void SetFailing(SqliteException? error)
    {
        if (error is not null && !_failing)
        {
            LogFailing(logger, path, error);
        }
        else if (error is null && _failing)
        {
            LogRecovered(logger, path);
        }

        _failing = error is not null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database {Path} takes no writes. They fail until it does again.")]
    private static partial void LogFailing(ILogger logger, string path, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database {Path} takes writes again.")]
    private static partial void LogRecovered(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's housekeeping failed. It is tried again.")]
    private static partial void LogHousekeeping(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A defect in the database's writer.")]
    private static partial void LogDefect(ILogger logger, Exception defect);
}
