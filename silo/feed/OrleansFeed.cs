using System.Threading.Channels;
using Laurel.GrainInterfaces;
using Orleans.Streams;

namespace Laurel.Silo;

/// <summary>
/// The feed between nodes: a stream of Orleans per season. News waits in a few bounded queues, each emptied in order by one pump, so
/// that a season's news keeps its order; when a queue is full the oldest goes.
/// </summary>
internal sealed partial class OrleansFeed : IFeed, IAsyncDisposable
{
    /// <summary>The stream provider's name.</summary>
    public const string Provider = "feed";

    /// <summary>The streams' namespace.</summary>
    public const string Namespace = "rank-changes";

    private const int Pumps = 4;
    private const int MostWaiting = 1024;

    /// <summary>News that takes longer is of no more use.</summary>
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(2);

    /// <summary>Who follows a board is shown it after that at the latest, heard or not.</summary>
    private static readonly TimeSpan SubscribeLimit = TimeSpan.FromMilliseconds(500);

    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Channel<SeasonNews>[] _waiting;
    private readonly Task _pumps;

    public OrleansFeed(IServiceProvider services, TimeProvider clock, ILogger<OrleansFeed> log)
    {
        _services = services;
        _clock = clock;
        _log = log;
        _waiting = [.. Enumerable.Range(0, Pumps).Select(static _ => Channel.CreateBounded<SeasonNews>(
            new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest }))];
        // Not as a part of whatever grain or request happened to need the feed first.
        using (ExecutionContext.SuppressFlow())
            _pumps = Task.WhenAll(_waiting.Select(queue => Task.Run(() => PumpAsync(queue.Reader))));
    }

    /// <inheritdoc/>
    public void Publish(SeasonNews news) =>
        _waiting[(string.GetHashCode(news.Season, StringComparison.Ordinal) & int.MaxValue) % Pumps].Writer.TryWrite(news);

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable> SubscribeAsync(string season, Action<SeasonNews> heard)
    {
        var subscription = new FeedSubscription(StreamOf(season), heard, _clock, _log);
        await subscription.WaitAsync(SubscribeLimit).ConfigureAwait(false);
        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _waiting)
            queue.Writer.TryComplete();
        await _pumps.ConfigureAwait(false);
    }

    private IAsyncStream<SeasonNews> StreamOf(string season) =>
        _services.GetRequiredKeyedService<IStreamProvider>(Provider).GetStream<SeasonNews>(StreamId.Create(Namespace, season));

    private async Task PumpAsync(ChannelReader<SeasonNews> queue)
    {
        await foreach (var news in queue.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await StreamOf(news.Season).OnNextAsync(news).WaitAsync(PublishLimit, _clock).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                LogLost(news.Season, error.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "News of season {Season} was lost, its watchers look again by themselves: {Reason}")]
    private partial void LogLost(string season, string reason);
}
