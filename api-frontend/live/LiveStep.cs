namespace Laurel.ApiFrontend.Live;

/// <summary>What a viewer is to be told next.</summary>
/// <param name="End">Why nothing more will come, or None.</param>
/// <param name="Closings">Windows that have ended or been sealed, before the state.</param>
/// <param name="State">The newest state; null when it is the one told last.</param>
/// <param name="Changes">What changed since the state told last; null when the whole state is to be told.</param>
internal readonly record struct LiveStep(
    LiveEnd End, IReadOnlyList<SeasonClosing> Closings, LiveState? State, IReadOnlyList<RowChange>? Changes)
{
    /// <summary>Nothing has happened for as long as the viewer wanted to wait.</summary>
    public static readonly LiveStep Quiet = new(LiveEnd.None, [], null, null);

    /// <summary>Whether nothing has happened.</summary>
    public bool IsQuiet => End == LiveEnd.None && State is null && Closings.Count == 0;

    /// <summary>Whether the changes are those from the version before: what is encoded for them serves all.</summary>
    public bool IsShared => State is not null && ReferenceEquals(State.Changes, Changes) && Changes is not null;
}

/// <summary>The end of a window.</summary>
/// <param name="WindowKey">The window that ended.</param>
/// <param name="Next">The one after it; null when there is none, or none yet.</param>
/// <param name="Final">Whether its final standings are written.</param>
internal sealed record SeasonClosing(string WindowKey, string? Next, bool Final);

/// <summary>Why a viewer is told nothing more.</summary>
internal enum LiveEnd
{
    /// <summary>There is more to come.</summary>
    None,

    /// <summary>The board is gone, or hidden from this viewer.</summary>
    NotFound,

    /// <summary>The board is archived.</summary>
    Archived,

    /// <summary>The key has been revoked.</summary>
    KeyRevoked,

    /// <summary>It cannot be told here any more, since the server stops or nobody can say whether the key is good: the viewer may come back.</summary>
    Unavailable,

    /// <summary>The connection follows another board or window in its place.</summary>
    Replaced,
}
