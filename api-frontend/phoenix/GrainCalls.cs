using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The grain calls of this family, by name.</summary>
internal static class GrainCalls
{
    public static Task<TenantOutcome> CreateTenantAsync(this IGrainPort port, string tenant, CreateTenant request) =>
        port.CallAsync(tenant, static (ITenant grain, CreateTenant asked) => grain.CreateAsync(asked), request);

    public static Task<TenantOutcome> GetTenantAsync(this IGrainPort port, string tenant) =>
        port.CallAsync(tenant, static (ITenant grain, GetTenant asked) => grain.GetAsync(asked), new GetTenant());

    public static Task<TenantOutcome> UpdateTenantAsync(this IGrainPort port, string tenant, UpdateTenant request) =>
        port.CallAsync(tenant, static (ITenant grain, UpdateTenant asked) => grain.UpdateAsync(asked), request);

    public static Task<TenantOutcome> DeleteTenantAsync(this IGrainPort port, string tenant) =>
        port.CallAsync(tenant, static (ITenant grain, DeleteTenant asked) => grain.DeleteAsync(asked), new DeleteTenant());

    public static Task<TenantSecretOutcome> SetTenantSecretAsync(this IGrainPort port, string tenant, SetTenantSecret request) =>
        port.CallAsync(tenant, static (ITenant grain, SetTenantSecret asked) => grain.SetSecretAsync(asked), request);

    public static Task<TenantListOutcome> ListTenantsAsync(this IGrainPort port, ListTenants request) =>
        port.CallAsync(IDirectory.Key, static (IDirectory grain, ListTenants asked) => grain.ListTenantsAsync(asked), request);

    public static Task<LeaderboardListOutcome> ListLeaderboardsAsync(this IGrainPort port, ListLeaderboards request) =>
        port.CallAsync(IDirectory.Key, static (IDirectory grain, ListLeaderboards asked) => grain.ListLeaderboardsAsync(asked), request);

    public static Task<LeaderboardOutcome> CreateLeaderboardAsync(this IGrainPort port, LeaderboardKey key, CreateLeaderboard request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, CreateLeaderboard asked) => grain.CreateAsync(asked), request);

    public static Task<LeaderboardOutcome> GetLeaderboardAsync(this IGrainPort port, LeaderboardKey key) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, GetLeaderboard asked) => grain.GetAsync(asked), new GetLeaderboard());

    public static Task<LeaderboardOutcome> UpdateLeaderboardAsync(this IGrainPort port, LeaderboardKey key, UpdateLeaderboard request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, UpdateLeaderboard asked) => grain.UpdateAsync(asked), request);

    public static Task<LeaderboardOutcome> DeleteLeaderboardAsync(this IGrainPort port, LeaderboardKey key, DeleteLeaderboard request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, DeleteLeaderboard asked) => grain.DeleteAsync(asked), request);

    public static Task<SeasonListOutcome> ListSeasonsAsync(this IGrainPort port, LeaderboardKey key, ListSeasons request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, ListSeasons asked) => grain.ListSeasonsAsync(asked), request);

    public static Task<SeasonInfoOutcome> OpenSeasonAsync(this IGrainPort port, LeaderboardKey key, OpenSeason request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, OpenSeason asked) => grain.OpenSeasonAsync(asked), request);

    public static Task<SeasonInfoOutcome> CloseSeasonAsync(this IGrainPort port, LeaderboardKey key, CloseSeason request) =>
        port.CallAsync(key.ToString(), static (ILeaderboard grain, CloseSeason asked) => grain.CloseSeasonAsync(asked), request);

    public static Task<ApiKeyOutcome> CreateKeyAsync(this IGrainPort port, ApiKeyRecord record) =>
        port.CallAsync(record.KeyId, static (IApiKey grain, CreateApiKey asked) => grain.CreateAsync(asked), new CreateApiKey(record));

    public static Task<ApiKeyOutcome> RevokeKeyAsync(this IGrainPort port, string keyId, string tenant) =>
        port.CallAsync(keyId, static (IApiKey grain, RevokeApiKey asked) => grain.RevokeAsync(asked), new RevokeApiKey(tenant));

    public static Task<ApiKeyListOutcome> ListKeysAsync(this IGrainPort port, ListApiKeys request) =>
        port.CallAsync(IDirectory.Key, static (IDirectory grain, ListApiKeys asked) => grain.ListApiKeysAsync(asked), request);

    public static Task<PlayersOutcome> PutPlayersAsync(this IGrainPort port, PlayersKey part, PutPlayers request) =>
        port.CallAsync(part.ToString(), static (IPlayers grain, PutPlayers asked) => grain.PutAsync(asked), request);

    public static Task<PlayersOutcome> GetPlayerAsync(this IGrainPort port, PlayersKey part, string userId) =>
        port.CallAsync(part.ToString(), static (IPlayers grain, GetPlayer asked) => grain.GetAsync(asked), new GetPlayer(userId));

    public static Task<PlayersOutcome> ErasePlayerAsync(this IGrainPort port, PlayersKey part, string userId) =>
        port.CallAsync(part.ToString(), static (IPlayers grain, ErasePlayer asked) => grain.EraseAsync(asked), new ErasePlayer(userId));

    public static Task<ScoreOutcomes> SubmitAsync(this IGrainPort port, string season, ScoreBatch batch) =>
        port.CallAsync(season, static (ISeason grain, ScoreBatch asked) => grain.SubmitAsync(asked), batch);

    public static Task<EventsAccepted> AcceptEventsAsync(this IGrainPort port, EventsKey intake, EventBatch batch) =>
        port.CallAsync(intake.ToString(), static (IEventIntake grain, EventBatch asked) => grain.AcceptAsync(asked), batch);

    public static Task<SnapshotListOutcome> ListSnapshotsAsync(this IGrainPort port, LeaderboardKey board, ListSnapshots request) =>
        port.CallAsync(board.ToString(), static (ISnapshots grain, ListSnapshots asked) => grain.ListAsync(asked), request);

    public static Task<SnapshotOutcome> ReadSnapshotAsync(this IGrainPort port, LeaderboardKey board, ReadSnapshot request) =>
        port.CallAsync(board.ToString(), static (ISnapshots grain, ReadSnapshot asked) => grain.ReadAsync(asked), request);

    public static Task<SnapshotOutcome> FindInSnapshotAsync(this IGrainPort port, LeaderboardKey board, FindInSnapshot request) =>
        port.CallAsync(board.ToString(), static (ISnapshots grain, FindInSnapshot asked) => grain.FindAsync(asked), request);

    public static Task<EntryPage> ReadPageAsync(this IGrainPort port, string season, ReadPage request) =>
        port.CallAsync(season, static (ISeason grain, ReadPage asked) => grain.ReadPageAsync(asked), request);

    public static Task<EntryOutcome> ReadEntryAsync(this IGrainPort port, string season, ReadEntry request) =>
        port.CallAsync(season, static (ISeason grain, ReadEntry asked) => grain.ReadEntryAsync(asked), request);

    public static Task<EntryOutcome> RemoveEntryAsync(this IGrainPort port, string season, RemoveEntry request) =>
        port.CallAsync(season, static (ISeason grain, RemoveEntry asked) => grain.RemoveEntryAsync(asked), request);
}
