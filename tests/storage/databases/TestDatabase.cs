using Laurel.Storage.Writing;

namespace Laurel.Storage.Tests;

/// <summary>What the conformance suite needs of a database.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The database as <see cref="CrashWriter"/> takes it.</summary>
    public abstract string[] Target { get; }

    /// <summary>Makes it ready, or skips the test with the reason why it cannot be.</summary>
    public abstract Task StartAsync();

    /// <summary>The store of the database under test.</summary>
    public abstract Task<IStore> OpenAsync(TimeProvider clock, WriterOptions? writer = null);

    /// <summary>
    /// A store of another process on the same database; the same store where the database belongs to one process. Not to be disposed of
    /// while <paramref name="first"/> is in use.
    /// </summary>
    public abstract Task<IStore> OpenRivalAsync(IStore first, TimeProvider clock);

    /// <summary>From here until the result is disposed of, transactions that write wait, and reads do not.</summary>
    public abstract Task<IAsyncDisposable> BlockWritesAsync();

    public abstract ValueTask DisposeAsync();
}
