using System.Collections.Concurrent;
using System.Security.Cryptography;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>
/// Verifies presented keys. A key's record is good for <see cref="FrontendOptions.KeyFreshness"/>, so that a revoked key stops working
/// within a second. It is good for longer while <see cref="RevocationWatch"/> sees that none was revoked, and asked for otherwise, by
/// one request at a time; while its grain does not answer, keys verified before stay good for <see cref="FrontendOptions.KeyGrace"/>.
/// Each request's hash is compared in constant time; texts are not kept, but for what a connection itself keeps
/// (<see cref="BearerMemory"/>).
/// </summary>
/// <remarks>
/// Only records that exist are remembered, under their ids: made-up keys never take up room. A verification from memory allocates
/// nothing and costs one SHA-256, or none when the connection has presented the same before.
/// </remarks>
internal sealed class KeyRing
{
    // After that the grain counts as unreachable. A request may well wait for a busy node: what it must not is be served with a key
    // that was revoked more than a second ago, because the answer that says so is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IGrainPort _port;
    private readonly TimeProvider _clock;
    private readonly FrontendOptions _options;
    private readonly FrontendMetrics _metrics;
    private readonly RevocationWatch _revocations;
    private readonly ConcurrentDictionary<string, HeldKey> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HeldKey>.AlternateLookup<ReadOnlySpan<char>> _heldById;
    private readonly Dictionary<string, Task<HeldKey?>> _asking = new(StringComparer.Ordinal);

    public KeyRing(IGrainPort port, TimeProvider clock, IOptions<FrontendOptions> options, FrontendMetrics metrics)
    {
        (_port, _clock, _options, _metrics) = (port, clock, options.Value, metrics);
        _revocations = new(port, clock, options);
        _heldById = _held.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many keys are remembered.</summary>
    public int Count => _held.Count;

    /// <summary>Whose key this is.</summary>
    /// <param name="text">What was presented.</param>
    /// <param name="memory">Of the connection, where it has one.</param>
    public ValueTask<KeyVerdict> VerifyAsync(string? text, BearerMemory? memory = null)
    {
        if (text is null || text.Length is 0 or > ApiKeyText.MaxLength)
            return new(KeyVerdict.Unknown);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (memory is null)
            ApiKeyText.Hash(text, hash);
        else
            memory.Hash(text, hash);
        if (_options.AdminKeyHash is { } admin && CryptographicOperations.FixedTimeEquals(admin, hash))
            return new(KeyVerdict.Of(Caller.ConfiguredAdmin));
        if (!ApiKeyText.TryParse(text, out _, out var id))
            return new(KeyVerdict.Unknown);

        var now = _clock.GetTimestamp();
        if (_heldById.TryGetValue(id, out var held) && _revocations.IsFresh(held, now))
        {
            _metrics.KeyFromMemory();
            return new(held.Judge(hash, now));
        }

        return RefreshAsync(id.ToString(), hash.ToArray(), held);
    }

    /// <summary>
    /// Whose key has that id, without a look at its text: for connections that outlive their verification, and for what stands for a
    /// key. While the key's grain does not answer, what was known last holds for as long as the grace.
    /// </summary>
    public async ValueTask<KeyVerdict> FindAsync(string keyId)
    {
        var known = _held.TryGetValue(keyId, out var held);
        if (known && _revocations.IsFresh(held!, _clock.GetTimestamp()))
            return KeyVerdict.Of(held!.Caller);
        var answer = await AskOnce(keyId);
        if (answer != HeldKey.Unanswered)
            return answer is null ? KeyVerdict.Unknown : KeyVerdict.Of(answer.Caller);
        return known && _clock.GetElapsedTime(held!.TrueAt) < _options.KeyGrace ? KeyVerdict.Of(held.Caller) : KeyVerdict.Undecided;
    }

    /// <summary>Makes the next request ask for the key again; for the frontend that has just changed it.</summary>
    public void Forget(string keyId) => _held.TryRemove(keyId, out _);

    private async ValueTask<KeyVerdict> RefreshAsync(string id, byte[] hash, HeldKey? held)
    {
        _metrics.KeyAskedFor();
        var asking = AskOnce(id);
        if (held is not null && !asking.IsCompleted)
        {
            // Once the grain has failed to answer, nobody waits for it while the grace lasts.
            if (!held.Doubtful)
                await Task.WhenAny(asking, Task.Delay(Patience, _clock));
            if (!asking.IsCompleted)
            {
                held.Doubtful = true;
                return JudgeByGrace(held, hash);
            }
        }

        var answer = await asking;
        if (answer is null)
            return KeyVerdict.Unknown;
        return answer != HeldKey.Unanswered ? answer.Judge(hash, _clock.GetTimestamp()) : JudgeByGrace(held, hash);
    }

    private KeyVerdict JudgeByGrace(HeldKey? held, byte[] hash)
    {
        var now = _clock.GetTimestamp();
        return held is not null && _clock.GetElapsedTime(held.TrueAt, now) < _options.KeyGrace ? held.Judge(hash, now) : KeyVerdict.Undecided;
    }

    private Task<HeldKey?> AskOnce(string id)
    {
        TaskCompletionSource<HeldKey?> answer;
        lock (_asking)
        {
            if (_asking.TryGetValue(id, out var underWay))
                return underWay;
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _asking.Add(id, answer.Task);
        }

        _ = AskAsync(id, answer);
        return answer.Task;
    }

    /// <summary>Asks the grain and remembers what it says; null for an unknown or revoked key.</summary>
    private async Task AskAsync(string id, TaskCompletionSource<HeldKey?> answer)
    {
        HeldKey? result = HeldKey.Unanswered;
        try
        {
            var (askedAt, keysVersion) = (_clock.GetTimestamp(), _revocations.Version);
            var outcome = await _port.CallAsync<IApiKey, GetApiKey, ApiKeyOutcome>(id, static (key, request) => key.GetAsync(request), new GetApiKey());
            if (outcome.Status == OutcomeStatus.Ok)
            {
                result = Hold(id, outcome.Record!, askedAt, keysVersion);
            }
            else if (outcome.Status == OutcomeStatus.NotFound)
            {
                _held.TryRemove(id, out _);
                result = null;
            }
            else if (_held.TryGetValue(id, out var held))
            {
                held.Doubtful = true;
            }
        }
        finally
        {
            lock (_asking)
                _asking.Remove(id);
            answer.SetResult(result);
        }
    }

    private HeldKey? Hold(string id, ApiKeyRecord record, long askedAt, long? keysVersion)
    {
        // The same record means the same caller: in one process the grain hands out one instance.
        _held.TryGetValue(id, out var before);
        var caller = before is not null && ReferenceEquals(before.Record, record) ? before.Caller : Caller.Of(record);
        if (caller is null)
            return null;

        var held = new HeldKey(record, caller, askedAt, keysVersion);
        _held[id] = held;
        if (before is null && _held.Count > _options.KeyCacheSize)
            DropLeastUsed();
        return held;
    }

    private void DropLeastUsed()
    {
        var all = _held.ToArray();
        Array.Sort(all, static (a, b) => a.Value.LastUsed.CompareTo(b.Value.LastUsed));
        foreach (var (id, _) in all.AsSpan(0, Math.Max(1, all.Length / 4)))
            _held.TryRemove(id, out _);
    }
}
