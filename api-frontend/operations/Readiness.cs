using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// Whether this process can serve: whether grains answer, and what the one that everybody asks says of the store. Without the store a
/// process cannot begin. Once it has, what is in memory can be read: were it not ready then, a store that is gone for a minute would
/// take all processes from whoever spreads the requests. One to which nobody says anything stays as ready as it was for a while: the
/// silo of that grain may be gone, which concerns the seasons of the others little.
/// </summary>
internal sealed class Readiness(IGrainPort grains, TimeProvider clock)
{
    // A probe that waits longer than its caller tells nobody anything.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>A cluster takes less to notice that a silo is gone, and to have its grains elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private (ReadyState State, long At) _last;

    /// <summary>Asks. Answers within two seconds.</summary>
    public async Task<ReadyState> AskAsync()
    {
        var asking = grains.CallAsync<IDirectory, CheckStore, Acknowledgement>(
            IDirectory.Key, static (directory, request) => directory.CheckStoreAsync(request), new CheckStore());
        var isAnswered = await Task.WhenAny(asking, Task.Delay(Deadline, clock)) == asking;
        var hasStore = isAnswered && (await asking).Status == OutcomeStatus.Ok;
        lock (_gate)
        {
            if (isAnswered)
                _last = (hasStore ? ReadyState.Ready : _last.State == ReadyState.No ? ReadyState.No : ReadyState.WithoutStore, clock.GetTimestamp());
            else if (clock.GetElapsedTime(_last.At) >= Patience)
                _last = default;
            return _last.State;
        }
    }
}

/// <summary>What a process can do now.</summary>
internal enum ReadyState
{
    /// <summary>Nothing: it has not begun to, or grains do not answer.</summary>
    No,

    /// <summary>Answer what is in memory; writes fail.</summary>
    WithoutStore,

    /// <summary>Everything.</summary>
    Ready,
}
