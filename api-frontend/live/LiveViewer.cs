using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// One viewer's place: it asks for the next thing to tell, tells it, and asks again. What happened meanwhile is told as one step, so
/// its mailbox is a version number. One caller at a time asks; <see cref="Follow"/> and <see cref="End"/> may come from elsewhere.
/// </summary>
internal sealed class LiveViewer(LiveBoard board, LiveWindow window, Caller caller, TimeProvider clock, Action<LiveViewer> left) : ILiveKeyHolder, IDisposable
{
    private readonly Bell _bell = new(clock);
    private readonly Lock _gate = new();
    private LiveWindow _window = window;
    private LiveState? _shown;
    private long _closings = board.ClosingCount;
    private int _end;
    private int _left;

    /// <summary>Whose it is.</summary>
    public Caller Caller => caller;

    /// <summary>The board's record, as it is known now.</summary>
    public LeaderboardRecord Record => board.Record;

    /// <summary>The board.</summary>
    public LeaderboardKey Board => board.Key;

    /// <summary>Takes up where a connection broke: from the state of that position on, if it is remembered.</summary>
    /// <returns>False when it is not: the whole state comes first.</returns>
    public bool Resume(string windowKey, long sequence) => (_shown = _window.Find(windowKey, sequence)) is not null;

    /// <summary>The state that was shown last; null before the first.</summary>
    public LiveState? Shown => _shown;

    /// <summary>The window that the newest state is of; null before the first.</summary>
    public string? WindowKey => _window.Current?.WindowKey;

    /// <summary>Follows another part of the board from now on.</summary>
    public void Follow(LiveShape shape)
    {
        lock (_gate)
        {
            _window = board.Move(this, _window, shape);
            _shown = null;
        }

        _bell.Ring();
    }

    /// <summary>The next thing to tell.</summary>
    /// <param name="patience">After so long <see cref="LiveStep.Quiet"/> is returned; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    public async ValueTask<LiveStep> NextAsync(TimeSpan patience)
    {
        while (true)
        {
            if ((LiveEnd)Volatile.Read(ref _end) is not LiveEnd.None and var end)
                return new LiveStep(end, [], null, null);

            var closings = board.ClosingsAfter(ref _closings);
            LiveStep step;
            lock (_gate)
                step = Step(closings);
            if (!step.IsQuiet)
                return step;
            if (!await _bell.WaitAsync(patience))
                return LiveStep.Quiet;
        }
    }

    /// <summary>There may be something to tell.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>The same: whoever waits for it runs now, on this thread.</summary>
    public void WakeHere() => _bell.RingHere();

    /// <summary>Ends it: that is told next, and nothing after it.</summary>
    public void End(LiveEnd reason)
    {
        Interlocked.CompareExchange(ref _end, (int)reason, (int)LiveEnd.None);
        _bell.Ring();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
            return;
        lock (_gate)
            _window.Remove(this);
        left(this);
    }

    private LiveStep Step(IReadOnlyList<SeasonClosing> closings)
    {
        var newest = _window.Current;
        if (newest is null || newest == _shown)
            return new LiveStep(LiveEnd.None, closings, null, null);

        var changes = _shown is null ? null : _window.Since(_shown.Version, newest);
        var isSame = changes is { Count: 0 } && newest.Total == _shown!.Total;
        _shown = newest;
        return new LiveStep(LiveEnd.None, closings, isSame ? null : newest, changes);
    }
}
