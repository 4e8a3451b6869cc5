using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="ILeaderboard"/>
public class Leaderboard(ActivationContext context) : ILeaderboard, IActivation
{
    /// <summary>How often a change is tried again that another activation, or another call of this one, got ahead of.</summary>
    private const int Tries = 8;

    /// <summary>Seasons called at a time.</summary>
    private const int SeasonsAtOnce = 8;

    /// <summary>Seasons changed in one commit.</summary>
    private const int WindowsAtOnce = 100;

    private readonly LeaderboardKey _key = LeaderboardKey.Parse(context.Key);
    private readonly BoardRecords _records = new(context.Store.Records, LeaderboardKey.Parse(context.Key));
    private BoardSeasons _seasons = null!;
    private BoardSealing _sealing = null!;

    /// <inheritdoc/>
    public async Task LoadAsync()
    {
        _seasons = new BoardSeasons(_records);
        _sealing = new BoardSealing(context, _records, _key);
        await _records.RefreshAsync();
    }

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<LeaderboardOutcome> CreateAsync(CreateLeaderboard request)
    {
        var (config, mistakes) = LeaderboardConfigReader.Read(request.Config, request.Preset);
        if (config is null)
            return new LeaderboardOutcome(OutcomeStatus.Invalid, null, mistakes);
        var tenant = await context.Grains.CallAsync(_key.Tenant, static (ITenant tenant, GetTenant request) => tenant.GetAsync(request), new GetTenant());
        if (tenant.Status != OutcomeStatus.Ok)
            return LeaderboardOutcome.Failed(tenant.Status);

        return await TryAsync<LeaderboardOutcome>(async () =>
        {
            if (_records.Live is { } present)
                return IsRepeat(present, request.RequestId) ? Ok(present) : LeaderboardOutcome.Failed(OutcomeStatus.Conflict);
            var now = context.Clock.GetUtcNow();
            var record = new LeaderboardRecord(
                _key.Board, _key.Tenant, request.Name ?? _key.Board, request.Description ?? "", LeaderboardStatus.Active, 1,
                (_records.Record?.Incarnation ?? 0) + 1, config, now, now, request.RequestId);
            return await _records.PutAsync(record, _seasons.First(record, Timestamps.From(now))) == WriteOutcome.Committed ? Ok(record) : null;
        });
    }

    /// <inheritdoc/>
    public Task<LeaderboardOutcome> GetAsync(GetLeaderboard request) => TryAsync<LeaderboardOutcome>(() =>
        Task.FromResult<LeaderboardOutcome?>(_records.Live is { } record ? Ok(record) : LeaderboardOutcome.Failed(OutcomeStatus.NotFound)));

    /// <inheritdoc/>
    public Task<LeaderboardOutcome> UpdateAsync(UpdateLeaderboard request) => TryAsync<LeaderboardOutcome>(async () =>
    {
        if (_records.Live is not { } present)
            return LeaderboardOutcome.Failed(OutcomeStatus.NotFound);
        var record = present;
        if (!IsRepeat(present, request.RequestId))
        {
            record = present with
            {
                Name = request.Name ?? present.Name,
                Description = request.Description ?? present.Description,
                Status = request.Status ?? present.Status,
                Version = present.Version + 1,
                UpdatedAt = context.Clock.GetUtcNow(),
                LastRequest = request.RequestId,
            };
            if (await _records.PutAsync(record) != WriteOutcome.Committed)
                return null;
        }

        return await OrderAsync(record) ? Ok(record) : LeaderboardOutcome.Failed(OutcomeStatus.Unavailable);
    });

    /// <inheritdoc/>
    public Task<LeaderboardOutcome> DeleteAsync(DeleteLeaderboard request) => TryAsync<LeaderboardOutcome>(async () =>
    {
        if (_records.Record is not { } present || (present.Deleted && !IsRepeat(present, request.RequestId)))
            return LeaderboardOutcome.Failed(OutcomeStatus.NotFound);
        var record = present;
        if (!present.Deleted)
        {
            record = present with { Version = present.Version + 1, UpdatedAt = context.Clock.GetUtcNow(), LastRequest = request.RequestId, Deleted = true };
            if (await _records.PutAsync(record) != WriteOutcome.Committed)
                return null;
        }

        return await OrderAsync(record) ? Ok(record) : LeaderboardOutcome.Failed(OutcomeStatus.Unavailable);
    });

    /// <inheritdoc/>
    public Task<RouteOutcome> RouteAsync(RouteRequest request) =>
        request.At is { } at ? RouteEventAsync(Timestamps.From(at)) : RouteByWindowAsync(request);

    /// <inheritdoc/>
    public Task<SeasonListOutcome> ListSeasonsAsync(ListSeasons request) => TryAsync<SeasonListOutcome>(async () =>
    {
        if (_records.Live is null)
            return SeasonListOutcome.Failed(OutcomeStatus.NotFound);
        var now = Timestamps.Now(context.Clock);
        var seasons = await _records.ListSeasonsAsync();
        return new SeasonListOutcome(OutcomeStatus.Ok, seasons.Count,
        [
            .. seasons.Skip(request.Offset).Take(request.Limit).Select(season => BoardCalendar.Dated(season, now)),
        ]);
    });

    /// <inheritdoc/>
    public Task<SeasonInfoOutcome> OpenSeasonAsync(OpenSeason request) => TryAsync<SeasonInfoOutcome>(async () =>
    {
        if (_records.Live is not { } record)
            return SeasonInfoOutcome.Failed(OutcomeStatus.NotFound);
        var generation = _records.Generation;
        var now = Timestamps.Now(context.Clock);
        var latest = _records.Latest is { } known ? BoardCalendar.Dated(known, now) : null;
        if (latest is not null && latest.LastRequest == request.RequestId && request.RequestId != default)
            return new SeasonInfoOutcome(OutcomeStatus.Ok, latest);
        if (MistakesOf(request, CalendarOf(record), now) is { Count: > 0 } mistakes)
            return new SeasonInfoOutcome(OutcomeStatus.Invalid, null, mistakes);
        if (latest is { State: SeasonPhase.Open or SeasonPhase.Announced } || await _records.FindSeasonAsync(record.Incarnation, request.SeasonId) is not null)
            return SeasonInfoOutcome.Failed(OutcomeStatus.Conflict);

        var season = new SeasonInfo(
            CalendarOf(record).KeyOf(request.SeasonId), request.SeasonId, request.StartsAt ?? Timestamps.ToDateTimeOffset(now), request.EndsAt,
            SeasonPhase.Open, latest is null or { Unused: true } ? latest?.PreviousWindow : latest.WindowKey, request.RequestId, Unused: true);
        return await _records.PutSeasonsAsync(generation, [season], season, BoardSeasons.DueOf(record, season, now)) == WriteOutcome.Committed
            ? new SeasonInfoOutcome(OutcomeStatus.Ok, BoardCalendar.Dated(season, now))
            : null;
    });

    /// <inheritdoc/>
    public Task<SeasonInfoOutcome> CloseSeasonAsync(CloseSeason request) => TryAsync<SeasonInfoOutcome>(async () =>
    {
        if (_records.Live is not { } record)
            return SeasonInfoOutcome.Failed(OutcomeStatus.NotFound);
        if (!CalendarOf(record).IsManual)
            return new SeasonInfoOutcome(OutcomeStatus.Invalid, null, [OnlyManual]);
        var generation = _records.Generation;
        var now = Timestamps.Now(context.Clock);
        if (await _records.FindSeasonAsync(record.Incarnation, request.SeasonId) is not { } season)
            return SeasonInfoOutcome.Failed(OutcomeStatus.NotFound);

        if (BoardCalendar.Dated(season, now).State is not (SeasonPhase.Ended or SeasonPhase.Sealed))
        {
            var end = Timestamps.ToDateTimeOffset(now);
            var former = BoardSeasons.DueOf(record, season, now).Select(due => due with { Data = null });
            season = season with { StartsAt = season.StartsAt < end ? season.StartsAt : end, EndsAt = end, LastRequest = request.RequestId };
            var due = former.Concat(BoardSeasons.DueOf(record, season, now)).GroupBy(write => write.Key).Select(writes => writes.Last());
            if (await _records.PutSeasonsAsync(generation, [season], season, due) != WriteOutcome.Committed)
                return null;
        }

        return await OrderAsync(record)
            ? new SeasonInfoOutcome(OutcomeStatus.Ok, BoardCalendar.Dated(season, now))
            : SeasonInfoOutcome.Failed(OutcomeStatus.Unavailable);
    });

    /// <inheritdoc/>
    public Task<Acknowledgement> TurnAsync(TurnSeason request) => TryAsync<Acknowledgement>(async () =>
    {
        if (_records.Live is not { } record || (request.Incarnation != 0 && request.Incarnation != record.Incarnation))
            return Acknowledgement.Failed(OutcomeStatus.NotFound);
        var now = Timestamps.Now(context.Clock);
        if (!await _seasons.TurnAsync(record, now))
            return null;
        return request.WindowKey is { } window ? await _sealing.SealWhenDueAsync(record, window, now) : Acknowledgement.Ok;
    });

    /// <inheritdoc/>
    public Task<Acknowledgement> CountLateAsync(CountLate request) => TryAsync<Acknowledgement>(async () =>
    {
        foreach (var some in request.Windows.Chunk(WindowsAtOnce))
        {
            if (_records.Live is not { } record || record.Incarnation != request.Incarnation)
                return Acknowledgement.Failed(OutcomeStatus.NotFound);
            var late = some.ToDictionary(window => window.WindowKey, window => window.Positions);
            if (await _records.ChangeSeasonsAsync(late.Keys, season => BoardSeasons.WithLate(season, late[season.WindowKey])) != WriteOutcome.Committed)
                return null;
        }

        return Acknowledgement.Ok;
    });

    /// <inheritdoc/>
    public Task<SeasonTermsOutcome> DescribeSeasonAsync(DescribeSeason request)
    {
        // The season goes by them for as long as it lives.
        _records.Doubt();
        return TryAsync<SeasonTermsOutcome>(async () =>
            await _records.FindIncarnationAsync(request.Incarnation) is { } record
                && await _records.FindSeasonAsync(request.Incarnation, request.WindowKey) is { } season
                ? new SeasonTermsOutcome(OutcomeStatus.Ok, record, season)
                : SeasonTermsOutcome.Failed(OutcomeStatus.NotFound));
    }

    private static Mistake OnlyManual { get; } =
        new("season_id", "seasons are opened and closed by hand only on boards whose timeframe type is 'manual'");

    private static LeaderboardOutcome Ok(LeaderboardRecord record) => new(OutcomeStatus.Ok, record);

    private static bool IsRepeat(LeaderboardRecord record, Guid request) => request != default && record.LastRequest == request;

    private static List<Mistake> MistakesOf(OpenSeason request, BoardCalendar calendar, long now)
    {
        List<Mistake> mistakes = [];
        if (!calendar.IsManual)
            mistakes.Add(OnlyManual);
        if (!Slug.IsValid(request.SeasonId))
            mistakes.Add(new Mistake("season_id", $"season_id must be 1 to {Slug.MaxLength} alphanumeric characters, hyphens and underscores"));
        if (request.EndsAt <= request.StartsAt || request.EndsAt <= Timestamps.ToDateTimeOffset(now))
            mistakes.Add(new Mistake("ends_at", "ends_at must be later than starts_at and than now"));
        return mistakes;
    }

    /// <summary>The season of now: the latest one while its window lasts, otherwise what the calendar says, which may not be opened yet.</summary>
    private SeasonInfo? Present(LeaderboardRecord record, long now)
    {
        var calendar = CalendarOf(record);
        var latest = _records.Latest is { } known ? BoardCalendar.Dated(known, now) : null;
        if (calendar.IsManual)
            return latest is { State: SeasonPhase.Open } ? latest : null;
        if (calendar.At(now) is not { } window)
            return null;
        if (latest is null || (latest.WindowKey != window.Key && latest.State is SeasonPhase.Ended or SeasonPhase.Sealed))
            return BoardCalendar.Unopened(window, now);

        // A clock that is behind the one that opened the latest season must not open the one before it again.
        return latest with { State = SeasonPhase.Open };
    }

    private async Task<RouteOutcome> FindAsync(LeaderboardRecord record, string window)
    {
        var now = Timestamps.Now(context.Clock);
        if (Slug.IsValid(window) && await _records.FindSeasonAsync(record.Incarnation, window) is { } season)
            return new RouteOutcome(OutcomeStatus.Ok, record, Shown(BoardCalendar.Dated(season, now)));
        return CalendarOf(record).FromKey(window) is { } empty
            ? new RouteOutcome(OutcomeStatus.Ok, record, BoardCalendar.Unopened(empty, now))
            : RouteOutcome.Failed(OutcomeStatus.NotFound);
    }

    /// <summary>The last season before the present one in which anybody scored.</summary>
    private async Task<SeasonInfo?> PreviousAsync(LeaderboardRecord record, SeasonInfo? present, long now)
    {
        if (_records.Latest is not { } latest)
            return null;
        var isPast = present?.WindowKey != latest.WindowKey && !latest.Unused;
        var window = isPast ? latest.WindowKey : latest.PreviousWindow;
        var previous = window is null ? null : await _records.FindSeasonAsync(record.Incarnation, window);
        return previous is null ? null : BoardCalendar.Dated(previous, now);
    }

    /// <summary>As readers see it: a season that nobody has scored in has nothing to be read.</summary>
    private static SeasonInfo? Shown(SeasonInfo? season) => season is { Unused: true } ? season with { Key = null } : season;

    /// <summary>
    /// Tells the latest season how things stand, and all others that are not sealed: they still take events. One that has ended is told
    /// too: it may not know.
    /// </summary>
    private async Task<bool> OrderAsync(LeaderboardRecord record)
    {
        int generation;
        List<SeasonInfo> seasons;
        do
        {
            generation = _records.Generation;
            seasons = await _records.ListSeasonsAsync();
        }
        while (generation != _records.Generation);

        var concerned = seasons.Where(season => !season.Unused && (season.SealedAt is null || season.WindowKey == _records.Latest?.WindowKey));
        foreach (var some in concerned.Chunk(SeasonsAtOnce))
        {
            var answers = await Task.WhenAll(some.Select(season => context.Grains.CallAsync(
                season.Key!,
                static (ISeason grain, SeasonOrders request) => grain.ObeyAsync(request),
                new SeasonOrders(record.Version, record.Status, season.EndsAt, record.Deleted))));
            if (!answers.All(static answer => answer.Status is OutcomeStatus.Ok or OutcomeStatus.NotFound))
                return false;
        }

        return true;
    }

    private BoardCalendar CalendarOf(LeaderboardRecord record) => _seasons.CalendarOf(record);

    private Task<RouteOutcome> RouteByWindowAsync(RouteRequest request) => TryAsync<RouteOutcome>(async () =>
    {
        if (_records.Live is not { } record)
            return RouteOutcome.Failed(OutcomeStatus.NotFound);
        if (request.WindowKey is { } window)
            return await FindAsync(record, window);
        if (request.ForWrite && record.Status != LeaderboardStatus.Active)
            return new RouteOutcome(OutcomeStatus.NotActive, record);

        var now = Timestamps.Now(context.Clock);
        if (request.ForWrite && !await _seasons.TurnAsync(record, now))
            return null;
        var season = Present(record, now);
        if (request.ForWrite && season is { State: SeasonPhase.Open, Unused: true })
        {
            season = await _seasons.UseAsync(_records.Generation, record, season, now);
            if (season is null)
                return null;
        }

        if (request.ForWrite && season is not { State: SeasonPhase.Open })
            return new RouteOutcome(OutcomeStatus.NotActive, record);
        return new RouteOutcome(OutcomeStatus.Ok, record, Shown(season), await PreviousAsync(record, season, now));
    });

    private async Task<RouteOutcome> RouteEventAsync(long at)
    {
        var route = await RouteAsync();
        if (route.Status is not (OutcomeStatus.NotFound or OutcomeStatus.NotActive))
            return route;
        // The board loses the event by that: whoever does not know what another activation has made may not say so.
        _records.Doubt();
        return await RouteAsync();

        Task<RouteOutcome> RouteAsync() => TryAsync(async () =>
            _records.Live is { } record ? await FindForEventAsync(record, at) : RouteOutcome.Failed(OutcomeStatus.NotFound));
    }

    private async Task<RouteOutcome?> FindForEventAsync(LeaderboardRecord record, long at)
    {
        if (record.Status != LeaderboardStatus.Active)
            return new RouteOutcome(OutcomeStatus.NotActive, record);
        var now = Timestamps.Now(context.Clock);
        if (!await _seasons.TurnAsync(record, now))
            return null;
        var generation = _records.Generation;
        var season = await _seasons.FindForEventAsync(record, at);
        if (season is { Unused: true })
        {
            season = await _seasons.UseAsync(generation, record, season, now);
            if (season is null)
                return null;
        }

        return season is null ? new RouteOutcome(OutcomeStatus.NotActive, record, Previous: _records.Latest) : new RouteOutcome(OutcomeStatus.Ok, record, season);
    }

    /// <summary>Runs an attempt on fresh records until it has an answer: null says that what it wrote was lost, or may have been.</summary>
    private async Task<T> TryAsync<T>(Func<Task<T?>> attempt)
        where T : class, IOutcome<T>
    {
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                await _records.RefreshAsync();
                if (await attempt() is not { } answer)
                    continue;
                // Ids that mean nothing come in any number: their activations must not pile up.
                if (_records.Record is null)
                    context.RequestDeactivation();
                return answer;
            }
        }
        catch (StorageUnavailableException)
        {
            // Answered below: the caller hears that it may try again.
        }

        return T.Failed(OutcomeStatus.Unavailable);
    }
}
