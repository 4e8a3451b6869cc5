namespace Laurel.ApiFrontend.Live;

/// <summary>Ends the viewers of a key within a second of its revocation: one question per key and 400 ms, however many use it.</summary>
internal sealed class LiveKeys(KeyRing keys, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<ILiveKeyHolder>> _held = new(StringComparer.Ordinal);

    /// <summary>Watches the viewer's key until the viewer is released.</summary>
    public void Hold(ILiveKeyHolder viewer)
    {
        if (!viewer.Caller.HasKey)
            return;
        var isFirst = false;
        lock (_gate)
        {
            if (!_held.TryGetValue(viewer.Caller.KeyId, out var viewers))
            {
                _held[viewer.Caller.KeyId] = viewers = [];
                isFirst = true;
            }

            viewers.Add(viewer);
        }

        if (isFirst)
            _ = WatchAsync(viewer.Caller.KeyId);
    }

    /// <summary>The viewer is gone.</summary>
    public void Release(ILiveKeyHolder viewer)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(viewer.Caller.KeyId, out var viewers))
                viewers.Remove(viewer);
        }
    }

    private async Task WatchAsync(string keyId)
    {
        while (true)
        {
            await Task.Delay(Every, clock);
            var isGood = (await keys.FindAsync(keyId)).Caller is not null;
            ILiveKeyHolder[] ended;
            lock (_gate)
            {
                var viewers = _held[keyId];
                if (isGood && viewers.Count > 0)
                    continue;
                ended = [.. viewers];
                _held.Remove(keyId);
            }

            foreach (var viewer in ended)
                viewer.End(LiveEnd.KeyRevoked);
            return;
        }
    }
}
