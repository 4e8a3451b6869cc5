using System.Collections.Concurrent;
using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>A season that keeps what it is given and answers as told.</summary>
internal sealed class FakeSeason : ISeason
{
    /// <summary>Every batch that came, in order.</summary>
    public ConcurrentQueue<ScoreBatch> Batches { get; } = new();

    /// <summary>What it answers; all applied unless told otherwise.</summary>
    public Func<ScoreBatch, Task<ScoreOutcomes>> Answer { get; set; } =
        static _ => Task.FromResult(new ScoreOutcomes { Status = OutcomeStatus.Ok, Sequence = 1 });

    /// <summary>Makes it answer score by score, by what the users' ids say.</summary>
    public void AnswerByUser(IReadOnlyDictionary<string, ScoreStatus> statuses) => Answer = batch => Task.FromResult(new ScoreOutcomes
    {
        Status = OutcomeStatus.Ok,
        Statuses = [.. Enumerable.Range(0, batch.Count).Select(i => statuses.GetValueOrDefault(Encoding.UTF8.GetString(batch.IdOf(i))))],
    });

    public Task<ScoreOutcomes> SubmitAsync(ScoreBatch request)
    {
        Batches.Enqueue(request);
        return Answer(request);
    }

    public Task<EntryPage> ReadPageAsync(ReadPage request) => throw new NotSupportedException();

    public Task<EntryOutcome> ReadEntryAsync(ReadEntry request) => throw new NotSupportedException();

    public Task<EntryOutcome> RemoveEntryAsync(RemoveEntry request) => throw new NotSupportedException();

    public Task<Acknowledgement> ApplyPlayerChangesAsync(PlayerChanges request) => throw new NotSupportedException();

    public Task<EventsScored> ScoreEventsAsync(EventDelivery request) => throw new NotSupportedException();

    public Task<SeasonSealed> SealAsync(SealSeason request) => throw new NotSupportedException();

    public Task<Acknowledgement> ObeyAsync(SeasonOrders request) => throw new NotSupportedException();

    public Task<AdjustmentsOutcome> AdjustAsync(AdjustScores request) => throw new NotSupportedException();

    public Task<SeasonHead> WatchAsync(WatchSeason request) => throw new NotSupportedException();

    public Task<WindowsOutcome> ReadWindowsAsync(ReadWindows request) => throw new NotSupportedException();
}
