using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// All that is followed live in this process. Every transport sits on it: it opens a viewer, tells what <see cref="LiveViewer.NextAsync"/>
/// says, and disposes it. A board is followed once however many watch it, and only while somebody does.
/// </summary>
internal sealed class LiveBoards(LiveServices services, LiveKeys keys, FrontendMetrics metrics) : BeforeStop
{
    private const KeyKinds PlayersKinds = KeyKinds.Board | KeyKinds.Embed;

    private readonly ConcurrentDictionary<(LeaderboardKey Board, string? WindowKey), LiveBoard> _boards = new();
    private int _viewers;
    private volatile bool _stopping;

    /// <summary>How many are watching.</summary>
    public int ViewerCount => Volatile.Read(ref _viewers);

    /// <summary>Why a caller may not see a board of that status; None when it may.</summary>
    public static LiveEnd Judge(LeaderboardStatus status, Caller caller) => status switch
    {
        LeaderboardStatus.Active => LiveEnd.None,
        LeaderboardStatus.Inactive => (caller.Kind & PlayersKinds) == 0 ? LiveEnd.None : LiveEnd.NotFound,
        _ => LiveEnd.Archived,
    };

    /// <summary>Begins to follow a part of a board.</summary>
    /// <param name="caller">Who: its key must reach the board.</param>
    /// <param name="board">The board.</param>
    /// <param name="windowKey">The window; null for whichever is present.</param>
    /// <param name="shape">Which part.</param>
    public async Task<LiveOpening> OpenAsync(Caller caller, LeaderboardKey board, string? windowKey, LiveShape shape)
    {
        if (_stopping)
            return new(LiveRefusal.Unavailable);
        var route = await services.Routes.ForReadAsync(board, windowKey);
        if (route.Status != OutcomeStatus.Ok)
            return new(route.Status == OutcomeStatus.NotFound ? LiveRefusal.NotFound : LiveRefusal.Unavailable);
        if (Judge(route.Record!.Status, caller) is not LiveEnd.None and var end)
            return new(end == LiveEnd.Archived ? LiveRefusal.Archived : LiveRefusal.NotFound);
        if (Interlocked.Increment(ref _viewers) > services.Options.MaxViewers)
        {
            Interlocked.Decrement(ref _viewers);
            return new(LiveRefusal.Full);
        }

        metrics.ViewerCame();
        var viewer = Join(caller, board, windowKey, shape, route.Record);
        keys.Hold(viewer);
        if (_stopping)
            viewer.End(LiveEnd.Unavailable);
        return new(LiveRefusal.None, viewer);
    }

    /// <summary>Ends what is followed, and opens nothing any more.</summary>
    public override Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        foreach (var board in _boards.Values)
            board.Stop();
        return Task.CompletedTask;
    }

    private LiveViewer Join(Caller caller, LeaderboardKey board, string? windowKey, LiveShape shape, LeaderboardRecord record)
    {
        while (true)
        {
            var live = _boards.GetOrAdd(
                (board, windowKey),
                static (key, from) => new LiveBoard(from.Services, key.Board, key.WindowKey, from.Record, from.Forget),
                (Services: services, Record: record, Forget: (Action<LiveBoard>)Forget));
            if (live.TryJoin(shape, caller, Leave) is { } viewer)
                return viewer;
            Forget(live);
        }
    }

    private void Leave(LiveViewer viewer)
    {
        Interlocked.Decrement(ref _viewers);
        metrics.ViewerLeft();
        keys.Release(viewer);
    }

    private void Forget(LiveBoard board) => _boards.TryRemove(new((board.Key, board.WindowKey), board));
}

/// <summary>A viewer, or why there is none.</summary>
internal readonly record struct LiveOpening(LiveRefusal Refusal, LiveViewer? Viewer = null);

/// <summary>Why a board cannot be followed.</summary>
internal enum LiveRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>There is no such board or window, or the caller may not know of it.</summary>
    NotFound,

    /// <summary>The board is archived.</summary>
    Archived,

    /// <summary>There are as many viewers as there may be.</summary>
    Full,

    /// <summary>Storage does not answer, or the server stops.</summary>
    Unavailable,
}
