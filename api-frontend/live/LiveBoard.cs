using Laurel.GrainInterfaces;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Follows one board, or one window of it, for all viewers in this process: a single loop that looks at the route and the season's head
/// every two seconds or when the feed says so, reads the windows that are behind at most once an interval, and announces the ends of
/// seasons. It ends itself when nobody has looked for a while.
/// </summary>
internal sealed partial class LiveBoard
{
    private const int WindowsPerCall = 32;
    private const int MostClosings = 8;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>From the refresh on; a row that entered and of which no news has come by then is told as one that others made room for.</summary>
    private static readonly TimeSpan NewsLimit = TimeSpan.FromMilliseconds(250);

    private readonly LiveServices _services;
    private readonly string? _windowKey;
    private readonly Action<LiveBoard> _ended;
    private readonly Bell _bell;
    private readonly Lock _gate = new();
    private readonly Dictionary<LiveShape, LiveWindow> _windows = [];
    private readonly List<SeasonClosing> _closings = [];
    private readonly List<SealWatch> _sealings = [];
    private long _closingCount;
    private bool _isOver;
    private bool _isStopping;
    private LeaderboardRecord _record;

    private SeasonHearing? _hearing;
    private SeasonInfo? _season;
    private string? _open;
    private Dictionary<string, FormerEntry> _former = [];
    private long _refreshedAt;

    /// <param name="services">What it works with.</param>
    /// <param name="key">The board.</param>
    /// <param name="windowKey">The window; null for whichever is present.</param>
    /// <param name="record">The board's record.</param>
    /// <param name="ended">Called when it has ended itself.</param>
    public LiveBoard(LiveServices services, LeaderboardKey key, string? windowKey, LeaderboardRecord record, Action<LiveBoard> ended)
    {
        (_services, Key, _windowKey, _record, _ended) = (services, key, windowKey, record, ended);
        _bell = new Bell(services.Clock);
        // It is no part of the first viewer's request, nor of its trace.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(RunAsync);
    }

    public LeaderboardKey Key { get; }

    public string? WindowKey => _windowKey;

    /// <summary>The board's record, as it is known now.</summary>
    public LeaderboardRecord Record => Volatile.Read(ref _record);

    /// <summary>How many ends of seasons have been announced.</summary>
    public long ClosingCount
    {
        get
        {
            lock (_gate)
                return _closingCount;
        }
    }

    /// <summary>Adds a viewer of a window.</summary>
    /// <returns>Null when the loop has ended: another must be begun.</returns>
    public LiveViewer? TryJoin(LiveShape shape, Caller caller, Action<LiveViewer> left)
    {
        LiveViewer viewer;
        lock (_gate)
        {
            if (_isOver)
                return null;
            var window = WindowOf(shape);
            viewer = new LiveViewer(this, window, caller, _services.Clock, left);
            window.Add(viewer);
        }

        _bell.Ring();
        return viewer;
    }

    /// <summary>Moves a viewer from one window to another, which is returned.</summary>
    public LiveWindow Move(LiveViewer viewer, LiveWindow from, LiveShape shape)
    {
        LiveWindow window;
        lock (_gate)
        {
            window = WindowOf(shape);
            window.Add(viewer);
            if (window != from)
                from.Remove(viewer);
        }

        _bell.Ring();
        return window;
    }

    /// <summary>The ends announced after that many, the last eight at the most; the number moves on.</summary>
    public IReadOnlyList<SeasonClosing> ClosingsAfter(ref long seen)
    {
        lock (_gate)
        {
            var missed = (int)Math.Min(_closingCount - seen, _closings.Count);
            seen = _closingCount;
            return missed <= 0 ? [] : _closings.GetRange(_closings.Count - missed, missed);
        }
    }

    /// <summary>Ends all viewers.</summary>
    public void EndAll(LiveEnd reason)
    {
        foreach (var viewer in Windows().SelectMany(static window => window.Viewers()))
            viewer.End(reason);
    }

    /// <summary>The same since the server stops: nobody will come back to this loop.</summary>
    public void Stop()
    {
        lock (_gate)
            _isStopping = true;
        EndAll(LiveEnd.Unavailable);
        _bell.Ring();
    }

    private LiveWindow WindowOf(LiveShape shape)
    {
        if (!_windows.TryGetValue(shape, out var window))
            _windows[shape] = window = new LiveWindow(shape, _services.Clock);
        return window;
    }

    private LiveWindow[] Windows()
    {
        lock (_gate)
            return [.. _windows.Values];
    }

    private async Task RunAsync()
    {
        try
        {
            var lookedAt = long.MinValue;
            while (!EndWhenDeserted())
            {
                if (lookedAt == long.MinValue || IsLookDue(lookedAt))
                {
                    lookedAt = _services.Clock.GetTimestamp();
                    await LookAsync();
                }

                var pause = await RefreshAsync();
                await AnnounceSealsAsync();
                // Within the interval nothing is read, however often the bell rings.
                if (pause is { } rest)
                    await Task.Delay(rest, _services.Clock);
                else
                    await _bell.WaitAsync(Longer(UntilLook(lookedAt)));
            }
        }
        catch (Exception failure)
        {
            // The viewers' connections end with an error, and their clients come back to a new loop.
            LogFailed(failure, Key);
            lock (_gate)
                _isOver = true;
            EndAll(LiveEnd.Unavailable);
        }

        _ended(this);
        await DropAsync(_hearing);
        foreach (var sealing in _sealings.ToList())
            await DropAsync(sealing);
    }

    private bool EndWhenDeserted()
    {
        lock (_gate)
        {
            foreach (var (shape, window) in _windows)
            {
                if (window.IsDeserted(_services.Options.LiveLinger))
                    _windows.Remove(shape);
            }

            return _isOver = _isStopping || _windows.Count == 0;
        }
    }

    private bool IsLookDue(long lookedAt) => UntilLook(lookedAt) <= TimeSpan.Zero || _hearing?.TakeTermsChanged() == true;

    private TimeSpan UntilLook(long lookedAt)
    {
        var every = _hearing is null ? LookAgain : LookEvery;
        var elapsed = _services.Clock.GetElapsedTime(lookedAt);
        var due = every - elapsed;
        if (_open is null || _season?.EndsAt is not { } end)
            return due;
        var left = end - _services.Clock.GetUtcNow();
        // An end that was past at the last look, and not found by it, is looked for again, but not without a pause.
        if (left + elapsed <= TimeSpan.Zero)
            return LookAgain - elapsed;
        return left < due ? left : due;
    }

    // A timer may fire a moment before the clock reads the instant that it was set to.
    private static TimeSpan Longer(TimeSpan wait) => wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);

    /// <summary>Looks where the board stands: whether it may be seen, which season is shown, and how far that is.</summary>
    private async Task LookAsync()
    {
        var route = await _services.Routes.ForReadAsync(Key, _windowKey, fresh: true);
        if (route.Status == OutcomeStatus.NotFound)
        {
            EndAll(LiveEnd.NotFound);
            return;
        }

        if (route.Status != OutcomeStatus.Ok)
            return;
        Volatile.Write(ref _record, route.Record!);
        EndThoseShutOut(route.Record!.Status);

        // Between two seasons opened by hand the former one stays on show.
        var season = route.Season ?? route.Previous;
        await TurnOverAsync(route.Season);
        _season = season;
        if (season?.Key is not { } key)
        {
            await DropAsync(_hearing);
            _hearing = null;
            foreach (var window in Windows())
                window.ShowEmpty(season?.WindowKey);
            return;
        }

        if (_hearing?.Season != key)
        {
            await DropAsync(_hearing);
            _hearing = await SeasonHearing.StartAsync(_services.Feed, key, _bell);
        }

        var head = await _services.Port.CallAsync<ISeason, WatchSeason, SeasonHead>(
            key, static (season, request) => season.WatchAsync(request), new WatchSeason());
        if (head.Status == OutcomeStatus.Ok)
            _hearing.Note(head);
    }

    private void EndThoseShutOut(LeaderboardStatus status)
    {
        if (status == LeaderboardStatus.Active)
            return;
        foreach (var viewer in Windows().SelectMany(static window => window.Viewers()))
        {
            if (LiveBoards.Judge(status, viewer.Caller) is not LiveEnd.None and var end)
                viewer.End(end);
        }
    }

    /// <summary>Announces the end of the season that was open, once it is another or has ended; and looks for the seals of those that ended.</summary>
    private async Task TurnOverAsync(SeasonInfo? present)
    {
        var stillOpen = present is { State: SeasonPhase.Open } ? present.WindowKey : null;
        if (_open is { } was && stillOpen != was)
        {
            Announce(new SeasonClosing(was, present?.WindowKey == was ? null : present?.WindowKey, Final: false));
            if (_sealings.Count == MostClosings)
                await DropAsync(_sealings[0]);
            _sealings.Add(await SealWatch.StartAsync(_services, Key, was, _season?.WindowKey == was ? _season.Key : null, _bell));
        }

        _open = stillOpen;
        foreach (var sealing in _sealings)
            await sealing.LookAsync();
    }

    private async Task AnnounceSealsAsync()
    {
        foreach (var done in _sealings.FindAll(static sealing => sealing.IsSealed))
        {
            Announce(new SeasonClosing(done.WindowKey, _open == done.WindowKey ? null : _open, Final: true));
            await DropAsync(done);
        }
    }

    private ValueTask DropAsync(SealWatch sealing)
    {
        _sealings.Remove(sealing);
        return sealing.DisposeAsync();
    }

    private void Announce(SeasonClosing closing)
    {
        lock (_gate)
        {
            if (_closings.Count == MostClosings)
                _closings.RemoveAt(0);
            _closings.Add(closing);
            _closingCount++;
        }

        foreach (var window in Windows())
            Waking.All(window.Viewers());
    }

    /// <summary>Reads the windows that are behind, once the interval has passed since the last time.</summary>
    /// <returns>After how long it is to be called again; null for when the bell rings.</returns>
    private async Task<TimeSpan?> RefreshAsync()
    {
        if (_hearing is not { } hearing)
            return null;
        var head = hearing.Head;
        var behind = Array.FindAll(Windows(), window => IsBehind(window, hearing.Season, head));
        if (behind.Length == 0)
            return null;

        var wait = _services.Options.LiveInterval - _services.Clock.GetElapsedTime(_refreshedAt);
        if (wait > TimeSpan.Zero)
            return wait;
        _refreshedAt = _services.Clock.GetTimestamp();
        return await ReadAsync(hearing, behind) ? null : LookAgain;
    }

    private static bool IsBehind(LiveWindow window, string season, (long Epoch, long Sequence) head) =>
        window.Read.Season != season || window.Read.Epoch < head.Epoch || window.Read.Sequence < head.Sequence;

    private async Task<bool> ReadAsync(SeasonHearing hearing, LiveWindow[] windows)
    {
        var isFirst = true;
        Dictionary<string, FormerEntry> later = [];
        foreach (var some in windows.Chunk(WindowsPerCall))
        {
            var outcome = await _services.Port.CallAsync<ISeason, ReadWindows, WindowsOutcome>(
                hearing.Season,
                static (season, request) => season.ReadWindowsAsync(request),
                new ReadWindows([.. some.Select(window => window.ToQuery(hearing.Season))]));
            if (outcome.Status != OutcomeStatus.Ok)
                return false;

            if (some.Any(window => window.Read.Season == hearing.Season))
                await HearAsync(hearing, outcome);
            foreach (var (user, former) in hearing.TakeFormer())
            {
                _former.TryAdd(user, former);
                if (!isFirst)
                    later.TryAdd(user, former);
            }

            for (var i = 0; i < some.Length; i++)
                some[i].Show(hearing.Season, _season!.WindowKey, outcome, outcome.Windows![i], _former.GetValueOrDefault);
            isFirst = false;
        }

        // What was heard after the first part was read is news to that part's windows the next time.
        _former = later;
        return true;
    }

    /// <summary>Waits for what the entries were before: the feed may be slower than the answer. Once for all parts, if nothing comes.</summary>
    private async Task HearAsync(SeasonHearing hearing, WindowsOutcome outcome)
    {
        var wasRung = false;
        while (!hearing.HasHeard(outcome.Epoch, outcome.Sequence) && NewsLimit - _services.Clock.GetElapsedTime(_refreshedAt) is { Ticks: > 0 } left)
            wasRung |= await _bell.WaitAsync(left);
        // Whatever it was rung for beside that is still to be looked at.
        if (wasRung)
            _bell.Ring();
    }

    private static ValueTask DropAsync(SeasonHearing? hearing) => hearing?.DisposeAsync() ?? default;

    private void LogFailed(Exception failure, LeaderboardKey board) => LogFailed(_services.Log, failure, board);

    [LoggerMessage(1, LogLevel.Error, "Following leaderboard {Board} failed")]
    private static partial void LogFailed(ILogger log, Exception failure, LeaderboardKey board);
}
