using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>A window at one durable moment, shared by all its viewers.</summary>
internal sealed class LiveState
{
    private readonly object?[] _encoded = new object?[Enum.GetValues<LiveEncoding>().Length];

    /// <summary>Counts the states of a window.</summary>
    public required long Version { get; init; }

    /// <summary>The season's window; null on a board that never had one.</summary>
    public required string? WindowKey { get; init; }

    /// <summary>The journal position that it shows.</summary>
    public required long Sequence { get; init; }

    /// <summary>How many entries the board lists.</summary>
    public required int Total { get; init; }

    /// <summary>The rows, in rank order.</summary>
    public required IReadOnlyList<EntryView> Rows { get; init; }

    /// <summary>What has changed since the version before; null when it has nothing to do with that one.</summary>
    public required IReadOnlyList<RowChange>? Changes { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A message about this state, made once for all viewers.</summary>
    /// <typeparam name="T">What a transport sends: bytes, or what holds them. Always the same for one encoding.</typeparam>
    public T Encode<T>(LiveEncoding encoding, Func<LiveState, T> encode)
        where T : class
    {
        ref var message = ref _encoded[(int)encoding];
        // Two viewers may both make it; they make the same.
        return (T)(Volatile.Read(ref message) ?? (message = encode(this)));
    }
}

/// <summary>The messages that are made once for all viewers of a window.</summary>
internal enum LiveEncoding
{
    /// <summary>Server-sent events of the Rankora dialect.</summary>
    RankoraEvents,

    /// <summary>An update of the WebSocket.</summary>
    SocketUpdate,

    /// <summary>A call of the hub.</summary>
    HubChanges,
}
