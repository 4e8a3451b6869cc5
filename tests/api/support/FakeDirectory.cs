using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>A directory over a store that answers, which knows of those keys' revocations and lists nothing.</summary>
internal sealed class FakeDirectory(FakeKeys keys) : IDirectory
{
    public Task<Acknowledgement> CheckStoreAsync(CheckStore request) => Task.FromResult(Acknowledgement.Ok);

    public Task<KeysVersion> GetKeysVersionAsync(GetKeysVersion request) => Task.FromResult(new KeysVersion(OutcomeStatus.Ok, keys.Revocations));

    public Task<TenantListOutcome> ListTenantsAsync(ListTenants request) => throw new NotSupportedException();

    public Task<LeaderboardListOutcome> ListLeaderboardsAsync(ListLeaderboards request) => throw new NotSupportedException();

    public Task<ApiKeyListOutcome> ListApiKeysAsync(ListApiKeys request) => throw new NotSupportedException();

    public Task<TeamListOutcome> ListTeamsAsync(ListTeams request) => throw new NotSupportedException();
}
