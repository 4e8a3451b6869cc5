namespace Laurel.Tests.Support;

/// <summary>Plans for a <see cref="FaultyStore"/>.</summary>
public static class Faults
{
    private static readonly Fault[] Kinds = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    /// <summary>Any fault by chance.</summary>
    /// <param name="seed">The same calls in the same order meet the same faults.</param>
    /// <param name="rate">The share of writes that meet one, 0 to 1.</param>
    /// <param name="among">Which faults; all when empty.</param>
    public static Func<StoreCall, Fault> Seeded(int seed, double rate, params Fault[] among)
    {
        var random = new Random(seed);
        var kinds = among.Length == 0 ? Kinds : among;
        return _ =>
        {
            lock (random)
            {
                return random.NextDouble() < rate ? kinds[random.Next(kinds.Length)] : Fault.None;
            }
        };
    }

    /// <summary>The given faults for the first calls of a method, in order, then none.</summary>
    public static Func<StoreCall, Fault> Script(StoreMethod method, params Fault[] faults)
    {
        var next = -1;
        return call => call.Method == method && Interlocked.Increment(ref next) is var i && i < faults.Length ? faults[i] : Fault.None;
    }
}
