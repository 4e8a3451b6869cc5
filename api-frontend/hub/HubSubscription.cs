using Laurel.ApiFrontend.Live;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>
/// One board on one connection: a loop that writes what its viewer has to tell. Each message must be taken within
/// <see cref="FrontendOptions.ViewerDeadline"/> or the connection is dropped; what happens meanwhile becomes one message.
/// </summary>
internal sealed partial class HubSubscription(
    HubConnectionContext connection, LiveViewer viewer, Action<HubSubscription> ended, LiveServices services, FrontendMetrics metrics)
{
    // SignalR keeps the connection alive, and its end ends the subscription; nothing is due when a board is quiet.
    private static readonly TimeSpan Patience = Timeout.InfiniteTimeSpan;

    /// <summary>How long the first state may take: a season of millions may have to be opened.</summary>
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _telling = Task.CompletedTask;
    private LiveState? _told;

    /// <summary>The board.</summary>
    public LeaderboardKey Board => viewer.Board;

    /// <summary>Starts it.</summary>
    /// <param name="request">With a place to resume from, that state is returned while it is remembered, and its changes follow.</param>
    /// <exception cref="HubException">The board cannot be read.</exception>
    public async Task<HubSnapshot> BeginAsync(HubRequest request)
    {
        var resumes = request.ResumeFrom is { } sequence && (request.WindowKey ?? viewer.WindowKey) is { } window && viewer.Resume(window, sequence);
        _told = resumes ? viewer.Shown! : await FirstAsync();
        _telling = TellAsync();
        return new HubSnapshot(_told.WindowKey, _told.Sequence, _told.Total, StandingBody.Of(_told.Rows)) { Written = () => _answered.TrySetResult() };
    }

    /// <summary>Ends it; nothing is written once this has returned.</summary>
    public async Task StopAsync()
    {
        viewer.End(LiveEnd.Replaced);
        _answered.TrySetResult();
        await _telling;
    }

    private async Task<LiveState> FirstAsync()
    {
        while (true)
        {
            var step = await viewer.NextAsync(FirstWithin);
            if (step.End != LiveEnd.None)
                throw HubRefusals.Of(step.End, Board);
            if (step.IsQuiet)
                throw new HubException(HubRefusals.Unavailable);
            if (step.State is { } state)
                return state;
        }
    }

    private async Task TellAsync()
    {
        using var leaving = viewer;
        // A message before the answer to Subscribe would change what the caller does not have yet.
        await _answered.Task;
        try
        {
            while (true)
            {
                var step = await viewer.NextAsync(Patience);
                if (step.End != LiveEnd.None)
                {
                    if (step.End is not (LiveEnd.Replaced or LiveEnd.KeyRevoked))
                        await WriteAsync(HubMessages.Ended(Board, step.End));
                    break;
                }

                foreach (var closing in step.Closings)
                    await WriteAsync(HubMessages.Closed(Board, closing));
                if (step.State is { } state)
                    await TellAsync(step, state);
            }
        }
        catch (TimeoutException)
        {
            metrics.ViewerDropped("hub");
            LogDropped(services.Log, viewer.Caller.KeyId, services.Options.ViewerDeadline);
            connection.Abort();
        }

        ended(this);
    }

    private ValueTask TellAsync(LiveStep step, LiveState state)
    {
        var before = _told!;
        _told = state;
        if (step.IsShared)
            return WriteAsync(state.Encode(LiveEncoding.HubChanges, shared => HubMessages.Changes(Board, shared, shared.Changes!)));
        // Too far behind, or another season: what the caller has is turned into what there is.
        return WriteAsync(HubMessages.Changes(Board, state, step.Changes ?? Turn(before, state)));
    }

    private static IReadOnlyList<RowChange> Turn(LiveState before, LiveState now)
    {
        if (before.WindowKey == now.WindowKey)
            return RowChanges.Between(before.Rows, new WindowView(now.Rows), static _ => null);
        var staying = now.Rows.Select(static row => row.UserId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Rows.Where(row => !staying.Contains(row.UserId))
                .Select(static row => new RowChange(RowChangeKind.Delete, row.UserId, null, RowBefore.Of(row))),
            .. now.Rows.Select(static row => new RowChange(RowChangeKind.Insert, row.UserId, row, null)),
        ];
    }

    private ValueTask WriteAsync(SerializedHubMessage message)
    {
        var writing = connection.WriteAsync(message);
        return writing.IsCompletedSuccessfully ? default : new(writing.AsTask().WaitAsync(services.Options.ViewerDeadline, services.Clock));
    }

    [LoggerMessage(3, LogLevel.Warning, "A hub connection of key {KeyId} was dropped: it did not take a message within {Deadline}")]
    private static partial void LogDropped(ILogger log, string keyId, TimeSpan deadline);
}
