namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Ends the viewers of a key within a second of its revocation, and those of a tenant's secret within a second of its rotation: one
/// question per key or secret and 400 ms, however many use it. While nobody can say, they stay as long as the grace of keys.
/// </summary>
internal sealed class LiveKeys(KeyRing keys, TenantSignatures signatures, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string KeyId, string? SignedWith), HashSet<ILiveKeyHolder>> _held = [];

    /// <summary>Watches the viewer's key, or what it signed with, until the viewer is released.</summary>
    public void Hold(ILiveKeyHolder viewer)
    {
        if (viewer.Caller == Caller.ConfiguredAdmin)
            return;
        var what = What(viewer.Caller);
        var isFirst = false;
        lock (_gate)
        {
            if (!_held.TryGetValue(what, out var viewers))
            {
                _held[what] = viewers = [];
                isFirst = true;
            }

            viewers.Add(viewer);
        }

        if (isFirst)
            _ = WatchAsync(viewer.Caller);
    }

    /// <summary>The viewer is gone.</summary>
    public void Release(ILiveKeyHolder viewer)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(What(viewer.Caller), out var viewers))
                viewers.Remove(viewer);
        }
    }

    private static (string KeyId, string? SignedWith) What(Caller caller) => (caller.KeyId, caller.SignedWith);

    private ValueTask<KeyVerdict> JudgeAsync(Caller caller) =>
        caller.SignedWith is null ? keys.FindAsync(caller.KeyId) : signatures.JudgeAsync(caller);

    private async Task WatchAsync(Caller caller)
    {
        while (true)
        {
            await Task.Delay(Every, clock);
            var verdict = await JudgeAsync(caller);
            ILiveKeyHolder[] ended;
            lock (_gate)
            {
                var viewers = _held[What(caller)];
                if (verdict.Caller is not null && viewers.Count > 0)
                    continue;
                ended = [.. viewers];
                _held.Remove(What(caller));
            }

            foreach (var viewer in ended)
                viewer.End(verdict.Unavailable ? LiveEnd.Unavailable : LiveEnd.KeyRevoked);
            return;
        }
    }
}
