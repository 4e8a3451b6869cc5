using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Laurel.Silo;
using Laurel.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;

namespace Laurel.Cluster.Tests;

/// <summary>What a watcher leaves behind on a stream that answers late.</summary>
public sealed class FeedSubscriptionTests
{
    [Fact]
    public async Task A_subscription_that_stands_only_after_another_was_made_is_ended()
    {
        var stream = new SlowStream();
        await using (new FeedSubscription(stream, static _ => { }, new HastyClock(), NullLogger.Instance))
        {
            await Eventually.TrueAsync(() => Task.FromResult(stream.Asked >= 2), "it is tried again");
            await Eventually.TrueAsync(
                () =>
                {
                    stream.Answer();
                    return Task.FromResult(stream.Standing == 1);
                },
                "one stands");
        }

        await Eventually.TrueAsync(() => Task.FromResult(stream.Standing == 0), "none stands");
    }

    /// <summary>Timers that run out a hundred times as fast.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 100, period);
    }

    /// <summary>A stream that a test lets answer.</summary>
    private sealed class SlowStream : IAsyncStream<SeasonNews>
    {
        private readonly ConcurrentQueue<TaskCompletionSource<StreamSubscriptionHandle<SeasonNews>>> _waiting = new();
        private int _standing;

        /// <summary>How many subscriptions have been asked for.</summary>
        public int Asked => _waiting.Count;

        /// <summary>How many stand.</summary>
        public int Standing => Volatile.Read(ref _standing);

        public bool IsRewindable => false;

        public string ProviderName => "slow";

        public StreamId StreamId => StreamId.Create("slow", "stream");

        /// <summary>Lets all that were asked for stand.</summary>
        public void Answer()
        {
            foreach (var waiting in _waiting)
            {
                if (waiting.TrySetResult(new Handle(this)))
                    Interlocked.Increment(ref _standing);
            }
        }

        public Task<StreamSubscriptionHandle<SeasonNews>> SubscribeAsync(IAsyncObserver<SeasonNews> observer)
        {
            TaskCompletionSource<StreamSubscriptionHandle<SeasonNews>> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            return waiting.Task;
        }

        public Task<StreamSubscriptionHandle<SeasonNews>> SubscribeAsync(
            IAsyncObserver<SeasonNews> observer, StreamSequenceToken? token, string? filterData = null) => throw new NotSupportedException();

        public Task<StreamSubscriptionHandle<SeasonNews>> SubscribeAsync(IAsyncBatchObserver<SeasonNews> observer) => throw new NotSupportedException();

        public Task<StreamSubscriptionHandle<SeasonNews>> SubscribeAsync(IAsyncBatchObserver<SeasonNews> observer, StreamSequenceToken? token) =>
            throw new NotSupportedException();

        public Task<IList<StreamSubscriptionHandle<SeasonNews>>> GetAllSubscriptionHandles() => throw new NotSupportedException();

        public Task OnNextAsync(SeasonNews item, StreamSequenceToken? token = null) => throw new NotSupportedException();

        public Task OnNextBatchAsync(IEnumerable<SeasonNews> batch, StreamSequenceToken token) => throw new NotSupportedException();

        public Task OnErrorAsync(Exception ex) => throw new NotSupportedException();

        public int CompareTo(IAsyncStream<SeasonNews>? other) => throw new NotSupportedException();

        public bool Equals(IAsyncStream<SeasonNews>? other) => ReferenceEquals(this, other);

        private sealed class Handle(SlowStream stream) : StreamSubscriptionHandle<SeasonNews>
        {
            public override StreamId StreamId => stream.StreamId;

            public override string ProviderName => stream.ProviderName;

            public override Guid HandleId { get; } = Guid.NewGuid();

            public override Task UnsubscribeAsync()
            {
                Interlocked.Decrement(ref stream._standing);
                return Task.CompletedTask;
            }

            public override Task<StreamSubscriptionHandle<SeasonNews>> ResumeAsync(IAsyncObserver<SeasonNews> observer, StreamSequenceToken? token = null) =>
                throw new NotSupportedException();

            public override Task<StreamSubscriptionHandle<SeasonNews>> ResumeAsync(
                IAsyncBatchObserver<SeasonNews> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

            public override bool Equals(StreamSubscriptionHandle<SeasonNews>? other) => ReferenceEquals(this, other);
        }
    }
}
