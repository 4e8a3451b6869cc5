using System.Collections.Concurrent;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests;

/// <summary>Keys in memory: makes them, revokes them, and can hold an answer back.</summary>
internal sealed class FakeKeys
{
    private readonly ConcurrentDictionary<string, ApiKeyRecord> _records = new();

    /// <summary>While set, answers wait for it.</summary>
    public Task? Hold { get; set; }

    /// <summary>Makes a key and returns its text.</summary>
    public string Make(
        KeyKinds kind,
        string? tenant = "acme",
        string? board = null,
        RateLimitTerms? limit = null,
        IReadOnlyList<string>? scopes = null,
        IReadOnlyList<string>? origins = null)
    {
        var key = ApiKeyText.Generate(kind);
        _records[key.KeyId] = new ApiKeyRecord(
            key.KeyId,
            KeyKindNames.NameOf(kind),
            kind == KeyKinds.Admin ? null : tenant,
            null,
            board,
            scopes ?? [],
            limit ?? KeyKindNames.UsualTerms(kind),
            origins ?? [],
            key.Hash,
            null,
            null,
            DateTimeOffset.UnixEpoch);
        return key.Text;
    }

    /// <summary>How many keys were revoked.</summary>
    public int Revocations { get; private set; }

    public void Revoke(string text)
    {
        _records.TryRemove(IdOf(text), out _);
        Revocations++;
    }

    public static string IdOf(string text) => text.Split('_')[2];

    public IApiKey Grain(string id) => new Key(this, id);

    private sealed class Key(FakeKeys keys, string id) : IApiKey
    {
        public async Task<ApiKeyOutcome> GetAsync(GetApiKey request)
        {
            var outcome = keys._records.TryGetValue(id, out var record)
                ? new ApiKeyOutcome(OutcomeStatus.Ok, record)
                : ApiKeyOutcome.Failed(OutcomeStatus.NotFound);
            if (keys.Hold is { } hold)
                await hold;
            return outcome;
        }

        public Task<ApiKeyOutcome> CreateAsync(CreateApiKey request) => throw new NotSupportedException();

        public Task<ApiKeyOutcome> RevokeAsync(RevokeApiKey request) => throw new NotSupportedException();
    }
}
