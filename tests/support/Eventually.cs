using System.Diagnostics;

namespace Laurel.Tests.Support;

/// <summary>For what comes about by itself and announces itself to nobody: asks until it is so.</summary>
public static class Eventually
{
    // Long enough for a machine that does much else: who waits in vain has failed, and need not know it soon.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Ends when the condition holds; fails when it does not within two minutes.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}");
            }

            await pace.WaitForNextTickAsync();
        }
    }
}
