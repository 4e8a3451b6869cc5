using Laurel.GrainInterfaces;
using Orleans.Services;

namespace Laurel.Silo;

/// <summary>A silo's own way in to the seasons it has, for gateways that know where these are.</summary>
[Alias("season-door")]
internal interface ISeasonDoor : IGrainService
{
    /// <summary>Where gateways connect to this silo.</summary>
    [Alias("address")]
    Task<SiloAddress> GetAddressAsync();

    /// <summary>Hands a batch to a season of this silo; null when it is not here.</summary>
    [Alias("submit")]
    Task<ScoreOutcomes?> SubmitAsync(string season, ScoreBatch batch);
}
