using Laurel.Storage;

namespace Laurel.Tests.Support;

/// <summary>
/// A store that fails on purpose: by a seed, by a script, or altogether. It breaks no promise of the contract, so whatever a caller sees
/// through it, a real database could have done.
/// </summary>
public sealed class FaultyStore : IStore
{
    private readonly IStore _inner;
    private readonly FaultInjector _faults = new();

    /// <param name="inner">The real store; disposed of with this one.</param>
    public FaultyStore(IStore inner)
    {
        _inner = inner;
        Journals = new FaultyJournals(inner.Journals, _faults);
        Records = new FaultyRecords(inner.Records, _faults);
    }

    public IJournalStore Journals { get; }

    public IRecordStore Records { get; }

    /// <summary>Decides over each write; see <see cref="Faults"/>.</summary>
    public Func<StoreCall, Fault> Plan
    {
        get => _faults.Plan;
        set => _faults.Plan = value;
    }

    /// <summary>While true, writes fail, and reads and openings throw.</summary>
    public bool DiskGone
    {
        get => _faults.DiskGone;
        set => _faults.DiskGone = value;
    }

    /// <summary>How long each write's answer takes longer than the write.</summary>
    public TimeSpan AnswerDelay
    {
        get => _faults.AnswerDelay;
        set => _faults.AnswerDelay = value;
    }

    /// <summary>How many writes wait for <see cref="Release"/>.</summary>
    public int HeldWrites => _faults.Held;

    /// <summary>From now on writes wait and do not reach the store.</summary>
    public void Hold() => _faults.Hold();

    /// <summary>The waiting writes reach the store in the order they came, and new ones no longer wait.</summary>
    public void Release() => _faults.Release();

    public async Task<bool> CheckAsync() => !DiskGone && await _inner.CheckAsync();

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
