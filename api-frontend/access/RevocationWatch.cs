using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>
/// Knows by one question for all keys that none was revoked: the version of all keys, asked for while keys are in use, at most twice in
/// <see cref="FrontendOptions.KeyFreshness"/>. So a thousand keys cost a gateway as many questions as a few.
/// </summary>
internal sealed class RevocationWatch(IGrainPort port, TimeProvider clock, IOptions<FrontendOptions> options)
{
    // A node of a release that does not count revocations may have made one: keys are asked for singly now and then whatever the version.
    private static readonly TimeSpan LongestTrust = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _freshness = options.Value.KeyFreshness;
    private volatile Answer? _last;
    private int _asking;

    /// <summary>The version, null while it is not known. What is asked of a key's grain from now on is at least as new.</summary>
    public long? Version => _last?.Version;

    /// <summary>
    /// Whether that record is known to be fresh: read not long ago, or nothing was revoked since. Never waits; once half the time is
    /// over, what is known of all keys is asked for in the background.
    /// </summary>
    public bool IsFresh(HeldKey held, long now)
    {
        var age = clock.GetElapsedTime(held.TrueAt, now);
        if (age < _freshness / 2)
            return true;

        var last = _last;
        if ((last is null || clock.GetElapsedTime(last.AskedAt, now) >= _freshness / 2) && Interlocked.Exchange(ref _asking, 1) == 0)
            _ = AskAsync();
        if (last?.Version is not { } version || version != held.KeysVersion || last.AskedAt <= held.TrueAt)
            return age < _freshness;
        if (clock.GetElapsedTime(held.AskedAt, now) >= LongestTrust)
            return age < _freshness;
        held.Confirm(last.AskedAt);
        return clock.GetElapsedTime(last.AskedAt, now) < _freshness;
    }

    private async Task AskAsync()
    {
        try
        {
            var askedAt = clock.GetTimestamp();
            var answer = await port.CallAsync<IDirectory, GetKeysVersion, KeysVersion>(
                IDirectory.Key, static (directory, request) => directory.GetKeysVersionAsync(request), new GetKeysVersion());
            // A failure counts as an answer, so that it is not asked for more often while the store is gone.
            _last = new Answer(answer.Status == OutcomeStatus.Ok ? answer.Version : null, askedAt);
        }
        finally
        {
            Volatile.Write(ref _asking, 0);
        }
    }

    private sealed record Answer(long? Version, long AskedAt);
}
