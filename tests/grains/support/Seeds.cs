namespace Laurel.Grains.Tests.Support;

/// <summary>Seeds for theories: the same few in every run, and a new one; <c>LAUREL_SEED</c> sets a single one. A test's name shows its seed.</summary>
public static class Seeds
{
    /// <summary>For <c>[MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]</c>.</summary>
    public static TheoryData<int> Some =>
        int.TryParse(Environment.GetEnvironmentVariable("LAUREL_SEED"), out var given) ? [given] : [1, 2, 3, 4, 5, Random.Shared.Next()];
}
