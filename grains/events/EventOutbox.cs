using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>Events that are durable and not delivered yet, and the loop that delivers them in order, again and again where that fails.</summary>
internal sealed partial class EventOutbox(ActivationContext context, EventRound round, long delivered)
{
    /// <summary>A round takes requests until it has so many events.</summary>
    private const int RoundEvents = 2000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = context.Logs.CreateLogger<EventOutbox>();
    private readonly Queue<AcceptedEvents> _waiting = [];
    private readonly CancellationTokenSource _unloading = new();
    private TaskCompletionSource _progress = NewProgress();
    private bool _delivering;

    /// <summary>Called after each round.</summary>
    public Action? Advanced { get; set; }

    /// <summary>Every event up to this position has reached all its seasons.</summary>
    public long Delivered { get; private set; } = delivered;

    /// <summary>Bytes that wait.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds events, durable, in order, and sees to it that they are delivered.</summary>
    public void Add(IReadOnlyList<AcceptedEvents> requests)
    {
        foreach (var request in requests)
        {
            _waiting.Enqueue(request);
            WaitingBytes += request.Events.Length;
        }

        if (!_delivering && !IsEmpty && !_unloading.IsCancellationRequested)
            _ = DeliverAsync();
    }

    /// <summary>Waits until everything up to a position is delivered.</summary>
    /// <returns>False when that takes longer.</returns>
    public async Task<bool> WhenDeliveredAsync(long position, TimeSpan limit)
    {
        using CancellationTokenSource arrived = new();
        var late = Task.Delay(limit, context.Clock, arrived.Token);
        while (Delivered < position && !late.IsCompleted)
            await Task.WhenAny(_progress.Task, late);
        await arrived.CancelAsync();
        return Delivered >= position;
    }

    /// <summary>Ends the attempts; what waits is in the journal.</summary>
    public void Stop() => _unloading.Cancel();

    private static TaskCompletionSource NewProgress() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task DeliverAsync()
    {
        _delivering = true;
        var pause = FirstPause;
        try
        {
            while (!IsEmpty && !_unloading.IsCancellationRequested)
            {
                var requests = NextRound();
                if (await TryDeliverAsync(requests))
                {
                    Advance(requests);
                    pause = FirstPause;
                    continue;
                }

                LogUndelivered(context.Key, requests[0].First, pause);
                await Task.WhenAny(Task.Delay(pause, context.Clock, _unloading.Token));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (Exception e)
        {
            LogBroken(context.Key, e);
            context.RequestDeactivation();
        }
        finally
        {
            _delivering = false;
        }
    }

    private List<AcceptedEvents> NextRound()
    {
        var events = 0;
        return [.. _waiting.TakeWhile(request => (events += request.Count) <= RoundEvents || events == request.Count)];
    }

    private async Task<bool> TryDeliverAsync(List<AcceptedEvents> requests)
    {
        try
        {
            return await round.TryDeliverAsync(requests);
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private void Advance(List<AcceptedEvents> requests)
    {
        foreach (var request in requests)
        {
            _waiting.Dequeue();
            WaitingBytes -= request.Events.Length;
        }

        Delivered = requests[^1].Last;
        if (round.Late > 0)
            LogLate(context.Key, round.Late);
        var progress = _progress;
        _progress = NewProgress();
        progress.SetResult();
        Advanced?.Invoke();
    }

    [LoggerMessage(LogLevel.Warning, "Events of {Intake}: those from position {Position} on have not reached every season yet. Trying again in {Pause}.")]
    private partial void LogUndelivered(string intake, long position, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "Events of {Intake}: {Count} came after their window's grace and are ignored")]
    private partial void LogLate(string intake, long count);

    [LoggerMessage(LogLevel.Error, "Events of {Intake} cannot be delivered until its next activation")]
    private partial void LogBroken(string intake, Exception exception);
}
