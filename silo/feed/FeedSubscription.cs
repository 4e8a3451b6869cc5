using Laurel.GrainInterfaces;
using Orleans.Streams;

namespace Laurel.Silo;

/// <summary>
/// One watcher of one season's stream. It is made in the background, again and again until it stands: whoever watches asks the season
/// itself every two seconds, and waits for this a moment only.
/// </summary>
internal sealed partial class FeedSubscription : IAsyncDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IAsyncStream<SeasonNews> _stream;
    private readonly Action<SeasonNews> _heard;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<StreamSubscriptionHandle<SeasonNews>?> _standing;

    public FeedSubscription(IAsyncStream<SeasonNews> stream, Action<SeasonNews> heard, TimeProvider clock, ILogger log)
    {
        (_stream, _heard, _clock, _log) = (stream, heard, clock, log);
        _standing = SubscribeAsync();
    }

    /// <summary>Ends when it stands, or after so long: what happens before it does is not heard.</summary>
    public async Task WaitAsync(TimeSpan patience) =>
        await ((Task)_standing).WaitAsync(patience, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Hears no more from here on. What could not be told to the stream, it finds out itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        if (await _standing.ConfigureAwait(false) is { } handle)
            await EndAsync(handle).ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task<StreamSubscriptionHandle<SeasonNews>?> SubscribeAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var subscribing = SubscribeOnceAsync();
            try
            {
                return await subscribing.WaitAsync(CallLimit, _clock).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                LogNotStanding(_stream.StreamId, error.Message);
                _ = EndLateAsync(subscribing);
            }

            await Task.Delay(Pause, _clock, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private async Task<StreamSubscriptionHandle<SeasonNews>> SubscribeOnceAsync() =>
        await _stream.SubscribeAsync((news, _) => Hear(news)).ConfigureAwait(false);

    /// <summary>Ends one that was given up: should it stand yet, another stands in its place.</summary>
    private async Task EndLateAsync(Task<StreamSubscriptionHandle<SeasonNews>> subscribing)
    {
        await ((Task)subscribing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (subscribing.IsCompletedSuccessfully)
            await EndAsync(await subscribing.ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task EndAsync(StreamSubscriptionHandle<SeasonNews> handle)
    {
        try
        {
            await handle.UnsubscribeAsync().WaitAsync(CallLimit, _clock).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogNotEnded(_stream.StreamId, error.Message);
        }
    }

    private Task Hear(SeasonNews news)
    {
        if (!_ended.IsCancellationRequested)
            _heard(news);
        return Task.CompletedTask;
    }

    [LoggerMessage(2, LogLevel.Warning, "Stream {Stream} cannot be subscribed to, trying again: {Reason}")]
    private partial void LogNotStanding(StreamId stream, string reason);

    [LoggerMessage(3, LogLevel.Information, "The subscription to stream {Stream} could not be ended: {Reason}")]
    private partial void LogNotEnded(StreamId stream, string reason);
}
