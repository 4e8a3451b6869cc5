using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Waits for the seal of a season that has ended: hears of it where anybody scored, and looks at the season's record from the instant
/// the seal is due, since news may be lost and a season that nobody scored in tells none.
/// </summary>
internal sealed class SealWatch : IAsyncDisposable
{
    private readonly LiveServices _services;
    private readonly LeaderboardKey _board;
    private readonly SeasonHearing? _hearing;
    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;
    private bool _isSealed;

    private SealWatch(LiveServices services, LeaderboardKey board, string windowKey, SeasonHearing? hearing) =>
        (_services, _board, WindowKey, _hearing) = (services, board, windowKey, hearing);

    /// <summary>The season's window.</summary>
    public string WindowKey { get; }

    /// <summary>Whether its final standings are written, as far as this has heard or seen.</summary>
    public bool IsSealed => _isSealed || _hearing is { IsSealed: true };

    /// <summary>Begins to wait.</summary>
    /// <param name="services">What it works with.</param>
    /// <param name="board">The board.</param>
    /// <param name="windowKey">The season's window.</param>
    /// <param name="season">The season's key; null when nobody has scored in it.</param>
    /// <param name="bell">Rings when the season tells of its seal.</param>
    public static async Task<SealWatch> StartAsync(LiveServices services, LeaderboardKey board, string windowKey, string? season, Bell bell) =>
        new(services, board, windowKey, season is null ? null : await SeasonHearing.StartAsync(services.Feed, season, bell));

    /// <summary>Looks, if the seal is due: to be called every two seconds. A season whose record is gone will not be sealed.</summary>
    public async Task LookAsync()
    {
        if (IsSealed || _services.Clock.GetUtcNow() < _dueAt)
            return;
        var route = await _services.Routes.ForReadAsync(_board, WindowKey, fresh: true);
        if (route is not { Status: OutcomeStatus.Ok, Record: { } record, Season: { } season })
            return;
        _isSealed = season.State == SeasonPhase.Sealed;
        if (season.EndsAt is { } end)
            _dueAt = end + GraceOf(record);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _hearing?.DisposeAsync() ?? default;

    private static TimeSpan GraceOf(LeaderboardRecord record) =>
        record.Config.Scoring.Rules.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(record.Config.Timeframe.GraceSeconds);
}
