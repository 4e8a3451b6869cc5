using System.Diagnostics;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>For promises with a time: what must hold within a second of its cause.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);

    // Of a machine that does other work besides.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>Asks again and again until it holds.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
            Assert.True(watch.Elapsed < Promise + Slack, $"It does not hold after {watch.Elapsed}.");
    }
}
