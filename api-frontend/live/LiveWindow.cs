using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// One shape of a board and its viewers. Its states are made by the board's one loop; viewers read from any thread and remember only
/// which version they showed last, so that a slow one costs nothing: it is told the sum of what it missed.
/// </summary>
internal sealed class LiveWindow(LiveShape shape, TimeProvider clock)
{
    /// <summary>So many states back changes are known: a viewer that is further behind is told the whole state.</summary>
    private const int Remembered = 32;

    private readonly Lock _gate = new();
    private readonly List<LiveState> _states = [];
    private readonly HashSet<LiveViewer> _viewers = [];
    private LiveViewer[]? _listed;
    private long _deserted = clock.GetTimestamp();
    private long _version;
    private LiveState? _current;

    public LiveShape Shape => shape;

    /// <summary>The newest state; null before the first.</summary>
    public LiveState? Current => Volatile.Read(ref _current);

    /// <summary>The season that the newest state is of, and up to where that was read: of the board's loop alone.</summary>
    public (string? Season, long Epoch, long Sequence) Read { get; private set; }

    /// <summary>Whether nobody has looked for so long.</summary>
    public bool IsDeserted(TimeSpan linger)
    {
        lock (_gate)
            return _viewers.Count == 0 && clock.GetElapsedTime(_deserted) >= linger;
    }

    public void Add(LiveViewer viewer)
    {
        lock (_gate)
        {
            _viewers.Add(viewer);
            _listed = null;
        }
    }

    public void Remove(LiveViewer viewer)
    {
        lock (_gate)
        {
            if (!_viewers.Remove(viewer))
                return;
            _listed = null;
            if (_viewers.Count == 0)
                _deserted = clock.GetTimestamp();
        }
    }

    /// <summary>The viewers at this moment: not to be changed.</summary>
    public LiveViewer[] Viewers()
    {
        lock (_gate)
            return _listed ??= [.. _viewers];
    }

    /// <summary>Asks for the window, and for the rows shown last wherever they are now.</summary>
    public WindowQuery ToQuery(string season) =>
        shape.ToQuery(Read.Season == season && Current is { Rows.Count: > 0 } current ? [.. current.Rows.Select(static row => row.UserId)] : null);

    /// <summary>Takes over what was read of a season.</summary>
    /// <param name="season">The season's key.</param>
    /// <param name="windowKey">Its window.</param>
    /// <param name="outcome">What it answered.</param>
    /// <param name="view">This window's part of that.</param>
    /// <param name="former">What entries were before, as far as that is known.</param>
    public void Show(string season, string windowKey, WindowsOutcome outcome, WindowView view, Func<string, FormerEntry?> former)
    {
        var follows = Read.Season == season && _current is not null;
        Read = (season, outcome.Epoch, outcome.Sequence);
        if (!follows)
        {
            Publish(windowKey, outcome.Sequence, outcome.Total, view.Entries, null);
            return;
        }

        var changes = RowChanges.Between(_current!.Rows, view, former);
        if (changes.Count > 0 || outcome.Total != _current.Total)
            Publish(windowKey, outcome.Sequence, outcome.Total, Shared(_current.Rows, view.Entries), changes);
    }

    /// <summary>Shows a window that has no season yet.</summary>
    public void ShowEmpty(string? windowKey)
    {
        Read = default;
        if (_current is not { Sequence: 0, Rows.Count: 0 } || _current.WindowKey != windowKey)
            Publish(windowKey, 0, 0, [], null);
    }

    /// <summary>What a viewer that showed a version must be told to show the newest; null for the whole state.</summary>
    public IReadOnlyList<RowChange>? Since(long version, LiveState newest)
    {
        if (newest.Version == version + 1)
            return newest.Changes;
        // Of neighbours that were left behind, the rank that they had then is known: by now it may lie within the part again, without them.
        if (shape is { Around: not null, Limit: > 0 })
            return null;
        lock (_gate)
        {
            var missed = _states.FindAll(state => state.Version > version && state.Version <= newest.Version);
            return missed.Count == newest.Version - version && missed.TrueForAll(static state => state.Changes is not null)
                ? RowChanges.Together(missed.Select(static state => state.Changes!))
                : null;
        }
    }

    /// <summary>The state that a viewer saw before its connection broke; null when that is forgotten.</summary>
    public LiveState? Find(string windowKey, long sequence)
    {
        lock (_gate)
            return _states.FindLast(state => state.WindowKey == windowKey && state.Sequence == sequence);
    }

    private void Publish(string? windowKey, long sequence, int total, IReadOnlyList<EntryView> rows, IReadOnlyList<RowChange>? changes)
    {
        var state = new LiveState
        {
            Version = ++_version,
            WindowKey = windowKey,
            Sequence = sequence,
            Total = total,
            Rows = rows,
            Changes = changes,
            At = clock.GetUtcNow(),
        };
        LiveViewer[] viewers;
        lock (_gate)
        {
            if (_states.Count == Remembered)
                _states.RemoveAt(0);
            _states.Add(state);
            Volatile.Write(ref _current, state);
            viewers = _listed ??= [.. _viewers];
        }

        Waking.All(viewers);
    }

    /// <summary>The rows with those that are the same as before in place of their equals, so that the states remembered share them.</summary>
    private static EntryView[] Shared(IReadOnlyList<EntryView> before, IReadOnlyList<EntryView> now)
    {
        var known = before.ToHashSet();
        return [.. now.Select(row => known.TryGetValue(row, out var same) ? same : row)];
    }
}
