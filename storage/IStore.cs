namespace Laurel.Storage;

/// <summary>
/// Where everything is kept. One process opens one store; a conformance suite (<c>tests/storage</c>) holds every implementation to
/// the rules written here.
/// </summary>
/// <remarks>
/// <para>Reads throw <see cref="StorageUnavailableException"/> when the database does not answer. Writes never throw for that: they
/// return an outcome, per season or per commit, since one loser must not fail the others that were committed beside it.</para>
/// <para>Buffers of appends and slices are copied before the method returns. Arrays in records must never change. What is handed out
/// belongs to the caller.</para>
/// <para>Every operation has a deadline of its own, shorter than ten seconds. A write once begun is not cancelled.</para>
/// </remarks>
public interface IStore : IAsyncDisposable
{
    /// <summary>The journals of all seasons.</summary>
    IJournalStore Journals { get; }

    /// <summary>The small records: tenants, boards, keys, players, seasons.</summary>
    IRecordStore Records { get; }

    /// <summary>
    /// Whether a write would be taken now. Goes all the way to the database's writer, and after a write has failed really writes
    /// something that nobody sees, so that a recovered database is found without other traffic.
    /// </summary>
    Task<bool> CheckAsync();
}
