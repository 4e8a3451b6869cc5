using System.Diagnostics;

namespace Laurel.Tests.Support;

/// <summary>For what comes about by itself and announces itself to nobody: asks until it is so.</summary>
public static class Eventually
{
    /// <summary>Ends when the condition holds; fails when it does not within 30 s.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Not within 30 s: {what}");
            }

            await pace.WaitForNextTickAsync();
        }
    }
}
