using Laurel.GrainInterfaces;
using SiloRuntime = Orleans.Runtime.Silo;

namespace Laurel.Silo;

/// <inheritdoc cref="ISeasonDoor"/>
internal sealed class SeasonDoor(SiloRuntime silo, ILocalSiloDetails details, LocalGrains local, IGrainFactory factory, ILoggerFactory logs)
    : GrainService(IdOn(details.SiloAddress), silo, logs), ISeasonDoor
{
    private static readonly GrainType Kind = SystemTargetGrainId.CreateGrainType("season-door");

    /// <summary>The door of the silo with that address.</summary>
    public static ISeasonDoor Of(IGrainFactory factory, SiloAddress silo) => factory.GetGrain<ISeasonDoor>(IdOn(silo));

    /// <inheritdoc/>
    Task<SiloAddress> ISeasonDoor.GetAddressAsync() => Task.FromResult(details.GatewayAddress);

    /// <inheritdoc/>
    async Task<ScoreOutcomes?> ISeasonDoor.SubmitAsync(string season, ScoreBatch batch)
    {
        var grain = factory.GetGrain<ISeasonGrain>(season);
        return local.Has(grain.GetGrainId()) ? await grain.SubmitAsync(batch) : null;
    }

    private static GrainId IdOn(SiloAddress silo) => SystemTargetGrainId.Create(Kind, silo).GrainId;
}
