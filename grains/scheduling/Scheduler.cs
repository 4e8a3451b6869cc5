using System.Globalization;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="IScheduler"/>
public partial class Scheduler(ActivationContext context) : IScheduler, IActivation
{
    private const int PageSize = 200;
    private const int BoardsAtOnce = 8;

    /// <summary>A waking that has worked this long leaves the rest to the next.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly ILogger _log = context.Logs.CreateLogger<Scheduler>();
    private readonly int _partition = int.Parse(context.Key, CultureInfo.InvariantCulture);
    private bool _working;
    private string? _stoppedAfter;
    private bool _olderBoardsKnown;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<Acknowledgement> WakeAsync(WakeScheduler request)
    {
        if (_working)
            return Acknowledgement.Ok;
        _working = true;
        try
        {
            if (_partition == 0 && !_olderBoardsKnown)
                _olderBoardsKnown = await ScheduleOlderBoardsAsync();
            await WorkAsync();
            return Acknowledgement.Ok;
        }
        catch (StorageUnavailableException)
        {
            return Acknowledgement.Failed(OutcomeStatus.Unavailable);
        }
        finally
        {
            _working = false;
        }
    }

    /// <summary>
    /// Passes over all that is due, again while that makes more due: a missed window's end opens the next one. Goes on where the last
    /// waking stopped, so that boards whose work takes long, and is not done in the end, keep no others waiting for ever.
    /// </summary>
    private async Task WorkAsync()
    {
        var since = context.Clock.GetTimestamp();
        var after = _stoppedAfter;
        _stoppedAfter = null;
        for (var done = 1; done > 0; after = null)
        {
            done = 0;
            while (await ListDueAsync(after) is { Count: > 0 } due)
            {
                foreach (var boards in due.GroupBy(item => item.Season.Leaderboard).Chunk(BoardsAtOnce))
                {
                    if (context.Clock.GetElapsedTime(since) > Limit)
                    {
                        // What lies behind this of the boards that were worked is found done the next time.
                        var next = due.IndexOf(boards[0].First());
                        _stoppedAfter = next == 0 ? after : due[next - 1].Key;
                        return;
                    }

                    done += (await Task.WhenAll(boards.Select(board => TurnAllAsync(board)))).Sum();
                }

                after = due[^1].Key;
            }
        }
    }

    private async Task<List<DueItem>> ListDueAsync(string? after)
    {
        var now = Timestamps.Now(context.Clock);
        var stored = await context.Store.Records.ListAsync(RecordKeys.DueOf(_partition), after, PageSize);
        return [.. stored.Select(record => DueItem.Parse(record.Key)).TakeWhile(item => item.At <= now)];
    }

    /// <summary>One board's work, the oldest first.</summary>
    /// <returns>How much of it was done.</returns>
    private async Task<int> TurnAllAsync(IEnumerable<DueItem> due)
    {
        var done = 0;
        foreach (var item in due)
        {
            var answer = await TurnAsync(item.Season.Leaderboard, new TurnSeason(item.Season.Incarnation, item.Season.Window));
            if (answer.Status == OutcomeStatus.NotFound)
                await context.Store.Records.CommitAsync([new(item.Key, null, null)]);
            else if (answer.Status != OutcomeStatus.Ok)
                LogNotDone(item.Season, answer.Status);
            if (answer.Status is not (OutcomeStatus.Ok or OutcomeStatus.NotFound))
                return done;
            done++;
        }

        return done;
    }

    private Task<Acknowledgement> TurnAsync(LeaderboardKey board, TurnSeason request) => context.Grains.CallAsync(
        board.ToString(), static (ILeaderboard grain, TurnSeason asked) => grain.TurnAsync(asked), request);

    /// <summary>Puts boards on the schedule that a release without one has made; once in a database's life.</summary>
    private async Task<bool> ScheduleOlderBoardsAsync()
    {
        if (await context.Store.Records.GetAsync(RecordKeys.Scheduled) is not null)
            return true;
        var all = true;
        string? after = null;
        while (await context.Store.Records.ListAsync(RecordKeys.LiveLeaderboards, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var live in page)
            {
                var answer = await TurnAsync(LeaderboardKey.Parse(live.Key[RecordKeys.LiveLeaderboards.Length..]), new TurnSeason(0, null));
                all &= answer.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound;
            }

            after = page[^1].Key;
        }

        return all && await context.Store.Records.CommitAsync([new(RecordKeys.Scheduled, null, [])]) == WriteOutcome.Committed;
    }

    private readonly record struct DueItem(string Key, long At, SeasonKey Season)
    {
        public static DueItem Parse(string key) => RecordKeys.ParseDue(key) is var (at, season) ? new(key, at, season) : default;
    }

    [LoggerMessage(LogLevel.Warning, "What is due of season {Season} could not be done: {Status}. It is tried again.")]
    private partial void LogNotDone(SeasonKey season, OutcomeStatus status);
}
