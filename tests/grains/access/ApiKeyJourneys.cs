using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using Laurel.Tests.Support;

namespace Laurel.Grains.Tests;

public class ApiKeyJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_key_is_found_until_it_is_revoked_and_never_again(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);
        var record = KeyRecord("acme", "k1");

        Assert.Equal(OutcomeStatus.Ok, (await CreateAsync(cluster, record)).Status);
        AssertSame(record, (await GetAsync(cluster, "k1")).Record!);
        Assert.Equal(OutcomeStatus.NotFound, (await RevokeAsync(cluster, "k1", "other")).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await RevokeAsync(cluster, "k1", null)).Status);
        await cluster.CrashAsync();
        AssertSame(record, (await GetAsync(cluster, "k1")).Record!);

        // A repetition finds it revoked.
        Assert.Contains((await RevokeAsync(cluster, "k1", "acme")).Status, new[] { OutcomeStatus.Ok, OutcomeStatus.NotFound });
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, "k1")).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await RevokeAsync(cluster, "k1", "acme")).Status);
        Assert.Equal(OutcomeStatus.Conflict, (await CreateAsync(cluster, record)).Status);
        await cluster.CrashAsync();
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, "k1")).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task The_same_creation_twice_is_one_and_another_of_the_same_id_is_a_conflict(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var record = KeyRecord("acme", "k1");

        Assert.Equal(OutcomeStatus.Ok, (await CreateAsync(cluster, record)).Status);
        Assert.Equal(OutcomeStatus.Ok, (await CreateAsync(cluster, record)).Status);
        Assert.Equal(OutcomeStatus.Conflict, (await CreateAsync(cluster, record with { Hash = new byte[32] })).Status);
        AssertSame(record, (await GetAsync(cluster, "k1")).Record!);
        Assert.Equal(1, (await ListAsync(cluster, "acme", 0, 10)).Total);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task The_version_of_all_keys_changes_with_each_revocation_and_with_nothing_else(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);
        var version = await GetVersionAsync(cluster);
        foreach (var record in new[] { KeyRecord("acme", "k1"), KeyRecord("other", "k2"), KeyRecord(null, "root") })
        {
            await CreateAsync(cluster, record);
            await cluster.CrashAsync();
            Assert.Equal(version, await GetVersionAsync(cluster));

            await RevokeAsync(cluster, record.KeyId, record.TenantId);
            Assert.NotEqual(version, version = await GetVersionAsync(cluster));
            await RevokeAsync(cluster, record.KeyId, record.TenantId);
            Assert.Equal(version, await GetVersionAsync(cluster));
        }
    }

    [Fact]
    public async Task A_record_of_another_id_is_refused()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);

        var made = await cluster.Grains.CallAsync("k2", static (IApiKey key, CreateApiKey request) => key.CreateAsync(request), new CreateApiKey(KeyRecord("acme", "k1")));

        Assert.Equal(OutcomeStatus.Invalid, made.Status);
    }

    [Fact]
    public async Task An_admin_key_belongs_to_nobody_and_is_revoked_by_nobody_elses_name()
    {
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None);
        await CreateAsync(cluster, KeyRecord(null, "root"));

        Assert.Equal(OutcomeStatus.NotFound, (await RevokeAsync(cluster, "root", "acme")).Status);
        Assert.Equal(OutcomeStatus.Ok, (await RevokeAsync(cluster, "root", null)).Status);
    }

    [Theory]
    [InlineData(Fault.Failed, false)]
    [InlineData(Fault.UnknownNotWritten, false)]
    [InlineData(Fault.UnknownWritten, true)]
    public async Task A_commit_without_a_good_end_is_Unavailable_and_the_same_creation_again_succeeds(Fault fault, bool isWritten)
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        store.Plan = Faults.Script(StoreMethod.CommitRecords, fault);
        var record = KeyRecord("acme", "k1");

        Assert.Equal(OutcomeStatus.Unavailable, (await CreateAsync(cluster, record)).Status);
        Assert.Equal(isWritten ? OutcomeStatus.Ok : OutcomeStatus.NotFound, (await GetAsync(cluster, "k1")).Status);
        Assert.Equal(OutcomeStatus.Ok, (await CreateAsync(cluster, record)).Status);
    }

    [Fact]
    public async Task Without_a_store_every_answer_is_Unavailable_and_afterwards_all_is_as_before()
    {
        FaultyStore store = null!;
        await using var cluster = await GrainCluster.StartAsync(0, Mischief.None, inner => store = new FaultyStore(inner));
        var record = KeyRecord("acme", "k1");
        await CreateAsync(cluster, record);

        store.DiskGone = true;
        Assert.Equal(OutcomeStatus.Unavailable, (await GetAsync(cluster, "k1")).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await RevokeAsync(cluster, "k1", "acme")).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await CreateAsync(cluster, KeyRecord("acme", "k2"))).Status);
        Assert.Equal(OutcomeStatus.Unavailable, (await ListAsync(cluster, "acme", 0, 10)).Status);

        store.DiskGone = false;
        AssertSame(record, (await GetAsync(cluster, "k1")).Record!);
        Assert.Equal(OutcomeStatus.NotFound, (await GetAsync(cluster, "k2")).Status);
    }

    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_tenants_list_holds_its_living_keys_in_order(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed);
        var random = new Random(seed);
        SortedSet<string> living = new(StringComparer.Ordinal);
        for (var step = 0; step < 60; step++)
        {
            var id = $"k{random.Next(1000)}";
            if (living.Count > 0 && random.Next(3) == 0)
            {
                id = living.ElementAt(random.Next(living.Count));
                await RevokeAsync(cluster, id, "acme");
                living.Remove(id);
            }
            else if ((await CreateAsync(cluster, KeyRecord("acme", id))).Status == OutcomeStatus.Ok)
            {
                living.Add(id);
            }
        }

        await CreateAsync(cluster, KeyRecord("acme-2", "other"));
        List<string> listed = [];
        while (await ListAsync(cluster, "acme", listed.Count, 7) is { Keys: { Count: > 0 } page } answer)
        {
            Assert.Equal(living.Count, answer.Total);
            listed.AddRange(page.Select(key => key.KeyId));
        }

        Assert.Equal(living, listed);
    }

    internal static ApiKeyRecord KeyRecord(string? tenant, string id) => new(
        id, tenant is null ? "admin" : "tenant", tenant, "Name", null, ["scores:write"], new(1000, 60), ["https://game.example"],
        [.. System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id))], null, null, new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal static Task<ApiKeyOutcome> CreateAsync(GrainCluster cluster, ApiKeyRecord record) =>
        cluster.Grains.CallAsync(record.KeyId, static (IApiKey key, CreateApiKey request) => key.CreateAsync(request), new CreateApiKey(record));

    internal static Task<ApiKeyOutcome> GetAsync(GrainCluster cluster, string id) =>
        cluster.Grains.CallAsync(id, static (IApiKey key, GetApiKey request) => key.GetAsync(request), new GetApiKey());

    private static async Task<long> GetVersionAsync(GrainCluster cluster)
    {
        var answer = await cluster.Grains.CallAsync(
            IDirectory.Key, static (IDirectory directory, GetKeysVersion request) => directory.GetKeysVersionAsync(request), new GetKeysVersion());
        Assert.Equal(OutcomeStatus.Ok, answer.Status);
        return answer.Version;
    }

    private static Task<ApiKeyOutcome> RevokeAsync(GrainCluster cluster, string id, string? tenant) =>
        cluster.Grains.CallAsync(id, static (IApiKey key, RevokeApiKey request) => key.RevokeAsync(request), new RevokeApiKey(tenant));

    private static Task<ApiKeyListOutcome> ListAsync(GrainCluster cluster, string tenant, int offset, int limit) =>
        cluster.Grains.CallAsync(
            IDirectory.Key, static (IDirectory directory, ListApiKeys request) => directory.ListApiKeysAsync(request), new ListApiKeys(tenant, offset, limit));

    /// <summary>Lists in records compare by reference.</summary>
    private static void AssertSame(ApiKeyRecord expected, ApiKeyRecord actual)
    {
        Assert.Equal(expected.Scopes, actual.Scopes);
        Assert.Equal(expected.Origins, actual.Origins);
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected, actual with { Scopes = expected.Scopes, Origins = expected.Origins, Hash = expected.Hash });
    }
}
