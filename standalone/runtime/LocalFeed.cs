using System.Collections.Concurrent;
using System.Collections.Immutable;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone;

/// <summary>The feed of one process: whoever hears is called on the publisher's thread. Nothing is queued, so nothing can pile up.</summary>
public sealed class LocalFeed : IFeed
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Action<SeasonNews>>> _heard = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Publish(SeasonNews news)
    {
        if (!_heard.TryGetValue(news.Season, out var all))
            return;
        foreach (var heard in all)
            heard(news);
    }

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable> SubscribeAsync(string season, Action<SeasonNews> heard)
    {
        _heard.AddOrUpdate(season, static (_, added) => [added], static (_, all, added) => all.Add(added), heard);
        return new(new Subscription(this, season, heard));
    }

    private void Unsubscribe(string season, Action<SeasonNews> heard)
    {
        while (_heard.TryGetValue(season, out var all))
        {
            var rest = all.Remove(heard);
            var done = rest.IsEmpty ? _heard.TryRemove(new(season, all)) : _heard.TryUpdate(season, rest, all);
            if (done)
                return;
        }
    }

    private sealed class Subscription(LocalFeed feed, string season, Action<SeasonNews> heard) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            feed.Unsubscribe(season, heard);
            return default;
        }
    }
}
