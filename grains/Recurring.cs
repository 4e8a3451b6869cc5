namespace Laurel.Grains;

/// <summary>Work that comes back for as long as a host runs.</summary>
internal static class Recurring
{
    /// <summary>Works at once and then after each pause. Ends when it is cancelled, and never fails.</summary>
    /// <param name="work">What to do; whatever it throws is reported, and the next time comes.</param>
    /// <param name="pause">From one beginning to the next; a time that is missed meanwhile is not made up for.</param>
    /// <param name="clock">All time comes from here.</param>
    /// <param name="failed">Told of what the work threw.</param>
    /// <param name="stopping">The host stops.</param>
    public static async Task RunAsync(Func<Task> work, TimeSpan pause, TimeProvider clock, Action<Exception> failed, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(pause, clock);
        try
        {
            do
            {
                await TryAsync(work, failed);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // What is left waits for the next start.
        }
    }

    private static async Task TryAsync(Func<Task> work, Action<Exception> failed)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            failed(e);
        }
    }
}
