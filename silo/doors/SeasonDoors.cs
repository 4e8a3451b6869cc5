using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.Silo;

/// <summary>
/// Sends a gateway's batches at once to the silos that have their seasons. Orleans' clients choose a silo by a grain's id, and the chosen
/// one hands the request on where the grain is on another: with n silos (n − 1)/n-th of them.
/// </summary>
/// <remarks>
/// What is known here may be wrong. A door tells when a season is not behind it; then, and whenever nothing is known, the caller goes the
/// ordinary way, and the season's place is asked for meanwhile.
/// </remarks>
internal sealed partial class SeasonDoors(IGrainFactory factory, TimeProvider clock, ILogger<SeasonDoors> log)
{
    /// <summary>More seasons than that in use: it begins anew.</summary>
    private const int MostPlaces = 100_000;

    /// <summary>When a place is asked for again that could not be found, and a door tried again that failed.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Place> _places = new();
    private readonly ConcurrentDictionary<SiloAddress, Door> _doors = new();

    /// <summary>Submits to the season where it is known to be. Null when that is not known, or no longer true: nothing was submitted.</summary>
    /// <exception cref="Exception">What Orleans throws when a call fails; the batch may have arrived.</exception>
    public async ValueTask<ScoreOutcomes?> SubmitAsync(string season, ScoreBatch batch)
    {
        if (!_places.TryGetValue(season, out var place))
        {
            Look(season, place: null);
            return null;
        }

        if (place.Door is not { IsOpen: true } door)
        {
            if (clock.GetElapsedTime(place.Since) > Again)
                Look(season, place);
            return null;
        }

        try
        {
            var outcomes = await door.Silo.SubmitAsync(season, batch);
            if (outcomes is null)
                _places.TryRemove(new(season, place));
            return outcomes;
        }
        catch
        {
            door.Close(clock.GetTimestamp());
            throw;
        }
    }

    /// <summary>Finds the season's place, unless another request has begun to.</summary>
    private void Look(string season, Place? place)
    {
        var looking = new Place(null, clock.GetTimestamp());
        if (_places.Count >= MostPlaces)
            _places.Clear();
        if (place is null ? _places.TryAdd(season, looking) : _places.TryUpdate(season, looking, place))
            _ = FindAsync(season, looking);
    }

    private async Task FindAsync(string season, Place looking)
    {
        try
        {
            if (await factory.GetGrain<IManagementGrain>(0).GetActivationAddress(factory.GetGrain<ISeasonGrain>(season)) is { } silo)
                _places.TryUpdate(season, new Place(await DoorOfAsync(silo), clock.GetTimestamp()), looking);
            else
                _places.TryRemove(new(season, looking));
        }
        catch (Exception error)
        {
            LogNotFound(season, error.Message);
        }
    }

    private async Task<Door> DoorOfAsync(SiloAddress silo)
    {
        if (_doors.TryGetValue(silo, out var known) && (known.IsOpen || clock.GetElapsedTime(known.ClosedAt) < Again))
            return known;

        var address = await SeasonDoor.Of(factory, silo).GetAddressAsync();
        if (_doors.Count >= MostPlaces)
            _doors.Clear();
        return _doors[silo] = new Door(SeasonDoor.Of(factory, address));
    }

    [LoggerMessage(1, LogLevel.Debug, "Where season {Season} is could not be found: {Reason}")]
    private partial void LogNotFound(string season, string reason);

    /// <param name="Door">Behind which the season is; null when that is not known.</param>
    /// <param name="Since">Since when, a timestamp.</param>
    private sealed record Place(Door? Door, long Since);

    /// <summary>A silo's door as this gateway has it: closed to all seasons behind it once a call failed.</summary>
    private sealed class Door(ISeasonDoor silo)
    {
        private long _closedAt;
        private volatile bool _isClosed;

        public ISeasonDoor Silo => silo;

        public bool IsOpen => !_isClosed;

        /// <summary>A timestamp.</summary>
        public long ClosedAt => Volatile.Read(ref _closedAt);

        public void Close(long at)
        {
            Volatile.Write(ref _closedAt, at);
            _isClosed = true;
        }
    }
}
