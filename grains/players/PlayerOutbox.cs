using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Sees to it that what one part of a register has to tell seasons reaches them: at once where that goes, and again and again, from
/// the notes in the store, where it does not.
/// </summary>
internal sealed partial class PlayerOutbox(ActivationContext context, PlayersKey part)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly PlayerDelivery _delivery = new(context, part);
    private readonly CancellationTokenSource _unloading = new();
    private readonly ILogger _log = context.Logs.CreateLogger<PlayerOutbox>();

    private bool _isDraining;
    private bool _isWanted;

    /// <summary>Delivers what is noted of these changes.</summary>
    /// <returns>
    /// When every season has taken it over, or after two seconds: then the rest is on its way. Whether all arrived.
    /// </returns>
    public async Task<bool> SendAsync(IReadOnlyList<PlayerMarker> markers)
    {
        if (markers.Count == 0)
            return true;

        using CancellationTokenSource arrived = new();
        var delivery = DeliverAsync(markers);
        var first = await Task.WhenAny(delivery, Task.Delay(Patience, context.Clock, arrived.Token));
        await arrived.CancelAsync();
        return first == delivery && await delivery;
    }

    /// <summary>Delivers all that is noted in the store, until nothing is left. Returns at once.</summary>
    public void Drain()
    {
        _isWanted = true;
        if (!_isDraining && !_unloading.IsCancellationRequested)
            _ = DrainAsync();
    }

    /// <summary>Ends the attempts; the notes stay.</summary>
    public void Stop() => _unloading.Cancel();

    private async Task<bool> DeliverAsync(IReadOnlyList<PlayerMarker> markers)
    {
        try
        {
            if (await _delivery.DeliverAsync(markers))
                return true;
        }
        catch (StorageUnavailableException)
        {
            // The notes are in the store: the drain finds them once it answers again.
        }

        Drain();
        return false;
    }

    private async Task DrainAsync()
    {
        _isDraining = true;
        var pause = FirstPause;
        try
        {
            while (_isWanted && !_unloading.IsCancellationRequested)
            {
                _isWanted = false;
                if (await TryDrainAsync())
                    continue;

                _isWanted = true;
                LogUndelivered(_log, part, pause);
                await Task.WhenAny(Task.Delay(pause, context.Clock, _unloading.Token));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (Exception e)
        {
            LogBroken(_log, e, part);
        }
        finally
        {
            _isDraining = false;
        }
    }

    /// <summary>One pass over the notes.</summary>
    /// <returns>Whether all of them were delivered.</returns>
    private async Task<bool> TryDrainAsync()
    {
        var all = true;
        string? after = null;
        try
        {
            while (await context.Store.Records.ListAsync(RecordKeys.PlayerOutboxOf(part), after, PlayerDelivery.Most) is { Count: > 0 } page)
            {
                all &= await _delivery.DeliverAsync([.. page.Select(note => PlayerMarker.Parse(part, note))]);
                after = page[^1].Key;
            }

            return all;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Changes of the players register {Part} have not reached every season yet. Trying again in {Pause}.")]
    private static partial void LogUndelivered(ILogger log, PlayersKey part, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "The outbox of the players register {Part} cannot be delivered until its next activation.")]
    private static partial void LogBroken(ILogger log, Exception exception, PlayersKey part);
}
