using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Laurel.Storage.Sqlite;

/// <summary>
/// The connections that read: each read runs on a pool thread with one of them to itself. In WAL mode a read sees the last commit when it
/// begins and waits for no writer.
/// </summary>
internal sealed class ReadPool(string path, SqliteOptions options) : IDisposable
{
    // Together less than the ten seconds that an operation may take.
    private static readonly TimeSpan WaitDeadline = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(options.ReadConnections);
    private readonly ConcurrentStack<ReadSession> _sessions = new();
    private volatile bool _disposed;

    /// <exception cref="StorageUnavailableException">No connection came free, or SQLite reports an error.</exception>
    public async Task<T> RunAsync<T>(Func<ReadSession, T> read)
    {
        if (!await _free.WaitAsync(WaitDeadline).ConfigureAwait(false))
        {
            throw new StorageUnavailableException("The database is too busy for a read.");
        }

        var running = Task.Run(() => Run(read));
        try
        {
            return await running.WaitAsync(ReadDeadline, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new StorageUnavailableException("The database did not answer a read in time.", late);
        }
        catch (SqliteException error)
        {
            throw new StorageUnavailableException("The database did not answer a read.", error);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CloseAll();
    }

    private T Run<T>(Func<ReadSession, T> read)
    {
        ReadSession? session = null;
        try
        {
            if (!_sessions.TryPop(out session))
            {
                session = new ReadSession(SqliteConnections.OpenReader(path, options.LockTimeout));
            }

            var result = read(session);
            _sessions.Push(session);
            session = null;
            return result;
        }
        finally
        {
            // After an error it is not used again: a new one may work where it does not.
            session?.Dispose();
            _free.Release();
            if (_disposed)
            {
                CloseAll();
            }
        }
    }

    private void CloseAll()
    {
        while (_sessions.TryPop(out var session))
        {
            session.Dispose();
        }
    }
}
