namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Ends the viewers of a key within a second of its revocation, and those of a tenant's secret within a second of its rotation: one
/// question per key or secret and 400 ms, however many use it.
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

    private async ValueTask<bool> IsGoodAsync(Caller caller) =>
        caller.SignedWith is null ? (await keys.FindAsync(caller.KeyId)).Caller is not null : await signatures.IsGoodAsync(caller);

    private async Task WatchAsync(Caller caller)
    {
        while (true)
        {
            await Task.Delay(Every, clock);
            var isGood = await IsGoodAsync(caller);
            ILiveKeyHolder[] ended;
            lock (_gate)
            {
                var viewers = _held[What(caller)];
                if (isGood && viewers.Count > 0)
                    continue;
                ended = [.. viewers];
                _held.Remove(What(caller));
            }

            foreach (var viewer in ended)
                viewer.End(LiveEnd.KeyRevoked);
            return;
        }
    }
}
