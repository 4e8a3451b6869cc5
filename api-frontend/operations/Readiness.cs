using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// Whether this process can serve: whether the store answers, as the one grain says that everybody asks. A process to which nobody says
/// anything stays as ready as it was for a while: the silo of that grain may be gone, which concerns the seasons of the others little.
/// </summary>
internal sealed class Readiness(IGrainPort grains, TimeProvider clock)
{
    // A probe that waits longer than its caller tells nobody anything.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>A cluster takes less to notice that a silo is gone, and to have its grains elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private long? _answeredAt;

    /// <summary>Asks. Answers within two seconds.</summary>
    public async Task<bool> AskAsync()
    {
        var asking = grains.CallAsync<IDirectory, CheckStore, Acknowledgement>(
            IDirectory.Key, static (directory, request) => directory.CheckStoreAsync(request), new CheckStore());
        if (await Task.WhenAny(asking, Task.Delay(Deadline, clock)) != asking)
        {
            lock (_gate)
                return _answeredAt is { } answered && clock.GetElapsedTime(answered) < Patience;
        }

        var answers = (await asking).Status == OutcomeStatus.Ok;
        lock (_gate)
            _answeredAt = answers ? clock.GetTimestamp() : null;
        return answers;
    }
}
