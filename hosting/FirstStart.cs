using System.Text;
using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Hosting;

/// <summary>Gives a new server its first admin key, and whoever started it something to try.</summary>
public static class FirstStart
{
    /// <summary>The record that says there is an admin key; its content is the key's id.</summary>
    private const string RecordKey = "admin-key";

    /// <summary>Makes an admin key when none was ever made here. Returns its text, which is kept nowhere, or null.</summary>
    /// <exception cref="StartupException">It could not be stored.</exception>
    /// <exception cref="StorageUnavailableException">The store does not answer.</exception>
    public static async Task<string?> MakeAdminKeyAsync(IGrainPort grains, IStore store, TimeProvider clock)
    {
        if (await store.Records.GetAsync(RecordKey) is not null)
            return null;

        var key = ApiKeyText.Generate(KeyKinds.Admin);
        var record = new ApiKeyRecord(
            key.KeyId,
            KeyKindNames.NameOf(KeyKinds.Admin),
            TenantId: null,
            Name: "made at the first start",
            LeaderboardId: null,
            Scopes: [],
            KeyKindNames.UsualTerms(KeyKinds.Admin),
            Origins: [],
            key.Hash,
            ClientId: null,
            ClientSecretHash: null,
            clock.GetUtcNow());
        var made = await grains.CallAsync(key.KeyId, static (IApiKey grain, CreateApiKey request) => grain.CreateAsync(request), new CreateApiKey(record));
        var outcome = made.Status == OutcomeStatus.Ok
            ? await store.Records.CommitAsync([new(RecordKey, 0, Encoding.UTF8.GetBytes(key.KeyId))])
            : WriteOutcome.Failed;
        switch (outcome)
        {
            case WriteOutcome.Committed:
                return key.Text;
            case WriteOutcome.Lost:
                // Another process on the same database was faster, and shows its key.
                await grains.CallAsync(key.KeyId, static (IApiKey grain, RevokeApiKey request) => grain.RevokeAsync(request), new RevokeApiKey(null));
                return null;
            default:
                throw new StartupException("The first admin key could not be stored: the database does not take writes. Free its disk or repair it, and start again.");
        }
    }

    /// <summary>Prints the key and three lines to try.</summary>
    public static void Greet(TextWriter output, string address, string adminKey)
    {
        var headers = $"-H 'X-API-Key: {adminKey}' -H 'Content-Type: application/json'";
        output.WriteLine($$"""

            Laurel listens on {{address}} and has no admin key configured, so it has made one.
            It is shown this once, and kept nowhere in this form:

              {{adminKey}}

            A tenant, a board, and two scores with their ranks:

              curl -X POST {{address}}/tenants {{headers}} -d '{"tenant_id":"demo","name":"Demo"}'
              curl -X POST {{address}}/tenants/demo/leaderboards {{headers}} -d '{"leaderboard_id":"high-scores","name":"High scores"}'
              curl -X POST {{address}}/tenants/demo/leaderboards/high-scores/entries {{headers}} -d '{"entries":[{"user_id":"ada","score":420},{"user_id":"bob","score":350}]}'

            All routes: {{address}}/docs

            """);
    }
}
