using System.Text.Json;

namespace Laurel.Bench.Hub;

/// <summary>A viewer that keeps the rows it is told, and counts its messages.</summary>
internal sealed class StandingsViewer : IDisposable
{
    private const byte Separator = 0x1e;

    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly RawViewer _connection = new();
    private readonly Dictionary<string, (double Score, int Rank)> _rows = [];
    private readonly List<long> _arrivals = [];
    private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly int _places;

    private StandingsViewer(TimeProvider clock, int places) => (_clock, _places) = (clock, places);

    /// <summary>How many messages about changes have come.</summary>
    public int Messages
    {
        get
        {
            lock (_gate)
                return _arrivals.Count;
        }
    }

    /// <summary>How many of them came within a second of each other, at the most.</summary>
    public int MostInASecond
    {
        get
        {
            lock (_gate)
            {
                var (most, first) = (0, 0);
                for (var last = 0; last < _arrivals.Count; last++)
                {
                    while (_clock.GetElapsedTime(_arrivals[first], _arrivals[last]).TotalSeconds >= 1)
                        first++;
                    most = Math.Max(most, last - first + 1);
                }

                return most;
            }
        }
    }

    /// <summary>Opens it, and waits for the first state.</summary>
    public static async Task<StandingsViewer> OpenAsync(HubBoard board, int port, int places, TimeProvider clock, CancellationToken cancellation)
    {
        var viewer = new StandingsViewer(clock, places);
        await viewer._connection.ConnectAsync(port, board.Path, cancellation);
        await viewer._connection.SendAsync(board.Greeting(places), cancellation);
        _ = viewer._connection.ReadAsync(viewer.Take, cancellation);
        await viewer._isOpen.Task.WaitAsync(OpenWithin, clock, cancellation);
        return viewer;
    }

    /// <summary>Whether its rows are these.</summary>
    /// <param name="standings">In rank order.</param>
    public bool Shows(IReadOnlyList<(string UserId, double Score)> standings)
    {
        lock (_gate)
        {
            return _rows.Count == standings.Count
                && standings.Select(static (row, index) => (row, index)).All(place => _rows.TryGetValue(place.row.UserId, out var row) && row == (place.row.Score, place.index + 1));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Take(ReadOnlyMemory<byte> frame)
    {
        while (frame.Span.IndexOf(Separator) is >= 0 and var end)
        {
            using var message = JsonDocument.Parse(frame[..end]);
            Take(message.RootElement);
            frame = frame[(end + 1)..];
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("result", out var snapshot))
        {
            lock (_gate)
            {
                foreach (var entry in snapshot.GetProperty("entries").EnumerateArray())
                    Put(entry);
            }

            _isOpen.TrySetResult();
        }
        else if (message.TryGetProperty("target", out var target) && target.ValueEquals("RankChanges"))
        {
            lock (_gate)
            {
                _arrivals.Add(_clock.GetTimestamp());
                foreach (var change in message.GetProperty("arguments")[0].GetProperty("changes").EnumerateArray())
                    Put(change);
            }
        }
    }

    private void Put(JsonElement row)
    {
        var user = row.GetProperty("user_id").GetString()!;
        if (row.GetProperty("rank") is { ValueKind: JsonValueKind.Number } rank && rank.GetInt32() <= _places)
            _rows[user] = (row.GetProperty("score").GetDouble(), rank.GetInt32());
        else
            _rows.Remove(user);
    }
}
