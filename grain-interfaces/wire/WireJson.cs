using System.Text.Json.Serialization;

namespace Laurel.GrainInterfaces;

/// <summary>
/// The JSON form of the cold records: snake_case, nulls left out, unknown fields passed over so that nodes of two releases can talk.
/// A record added to a grain's interface is added here; a test finds the forgotten ones.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(ApiKeyListOutcome))]
[JsonSerializable(typeof(ApiKeyOutcome))]
[JsonSerializable(typeof(CheckStore))]
[JsonSerializable(typeof(CloseSeason))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(CreateLeaderboard))]
[JsonSerializable(typeof(CreateTenant))]
[JsonSerializable(typeof(DeleteLeaderboard))]
[JsonSerializable(typeof(DeleteTenant))]
[JsonSerializable(typeof(DescribeSeason))]
[JsonSerializable(typeof(EntryOutcome))]
[JsonSerializable(typeof(EntryPage))]
[JsonSerializable(typeof(ErasePlayer))]
[JsonSerializable(typeof(GetApiKey))]
[JsonSerializable(typeof(GetLeaderboard))]
[JsonSerializable(typeof(GetPlayer))]
[JsonSerializable(typeof(GetTenant))]
[JsonSerializable(typeof(LeaderboardListOutcome))]
[JsonSerializable(typeof(LeaderboardOutcome))]
[JsonSerializable(typeof(LeasePermits))]
[JsonSerializable(typeof(ListApiKeys))]
[JsonSerializable(typeof(ListLeaderboards))]
[JsonSerializable(typeof(ListSeasons))]
[JsonSerializable(typeof(ListTenants))]
[JsonSerializable(typeof(OpenSeason))]
[JsonSerializable(typeof(PermitLease))]
[JsonSerializable(typeof(PlayerChanges))]
[JsonSerializable(typeof(PlayersOutcome))]
[JsonSerializable(typeof(PutPlayers))]
[JsonSerializable(typeof(ReadEntry))]
[JsonSerializable(typeof(ReadPage))]
[JsonSerializable(typeof(ReadWindows))]
[JsonSerializable(typeof(RemoveEntry))]
[JsonSerializable(typeof(ResolveSubjects))]
[JsonSerializable(typeof(RevokeApiKey))]
[JsonSerializable(typeof(RouteOutcome))]
[JsonSerializable(typeof(RouteRequest))]
[JsonSerializable(typeof(SeasonHead))]
[JsonSerializable(typeof(SeasonInfoOutcome))]
[JsonSerializable(typeof(SeasonListOutcome))]
[JsonSerializable(typeof(SeasonNews))]
[JsonSerializable(typeof(SeasonOrders))]
[JsonSerializable(typeof(SeasonTermsOutcome))]
[JsonSerializable(typeof(SubjectFactsOutcome))]
[JsonSerializable(typeof(TenantListOutcome))]
[JsonSerializable(typeof(TenantOutcome))]
[JsonSerializable(typeof(UpdateLeaderboard))]
[JsonSerializable(typeof(UpdateTenant))]
[JsonSerializable(typeof(WatchSeason))]
[JsonSerializable(typeof(WindowsOutcome))]
internal sealed partial class WireJson : JsonSerializerContext;
