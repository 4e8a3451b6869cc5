using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>What one size and kind of scores came to.</summary>
/// <param name="Entries">How many.</param>
/// <param name="Kind">Their scores.</param>
/// <param name="Laurel">The board's.</param>
/// <param name="Redis">The sorted set's; null when there is no Redis.</param>
/// <param name="IdleMicroseconds">Of Redis' loop without the commands.</param>
internal sealed record CoreResult(int Entries, ScoreKind Kind, CoreCost Laurel, CoreCost? Redis, double IdleMicroseconds)
{
    private const double FasterWanted = 5;
    private const double MemoryWanted = 0.5;
    private const double GrowthWanted = 2;

    /// <summary>The names of a row's figures.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["entries", "scores", "Redis µs", "its loop alone", "Laurel µs", "faster", "Redis bytes", "Laurel bytes", "memory"];

    /// <summary>Texts for the columns.</summary>
    public IReadOnlyList<string> Row =>
    [
        Figures.Whole(Entries), $"{Kind}", Text(Redis?.Microseconds), Redis is null ? "–" : Text(IdleMicroseconds), Text(Laurel.Microseconds),
        Redis is null ? "–" : Figures.Times(Faster), Text(Redis?.Bytes), Text(Laurel.Bytes), Redis is null ? "–" : Figures.Times(Memory),
    ];

    private double Faster => Redis is null ? double.NaN : Redis.Microseconds / Laurel.Microseconds;

    private double Memory => Redis is null ? double.NaN : Laurel.Bytes / Redis.Bytes;

    /// <summary>What was to be reached: beside Redis at a million entries, and in growth to ten million.</summary>
    public static IEnumerable<Goal> GoalsOf(IReadOnlyCollection<CoreResult> results)
    {
        foreach (var million in results.Where(static result => result is { Entries: 1_000_000, Kind: ScoreKind.Random }))
        {
            if (million.Redis is not null)
            {
                yield return new Goal("update with its new rank, 1M entries", Figures.Times(million.Faster), "at least 5 × as fast as Redis", million.Faster >= FasterWanted);
                yield return new Goal("memory per entry, 1M entries", Figures.Times(million.Memory), "at most 0.5 × Redis'", million.Memory <= MemoryWanted);
            }

            if (results.FirstOrDefault(static result => result is { Entries: 10_000_000, Kind: ScoreKind.Random }) is { } larger)
            {
                var growth = larger.Laurel.Microseconds / million.Laurel.Microseconds;
                yield return new Goal("time per update, from 1M to 10M entries", Figures.Times(growth), "at most 2 ×", growth <= GrowthWanted);
            }
        }
    }

    private static string Text(double? figure) => figure is { } value ? Figures.Fine(value) : "–";
}

/// <summary>What one side needs.</summary>
/// <param name="Microseconds">CPU time of an update with its new rank, the choice of member and score included.</param>
/// <param name="Bytes">Memory per entry.</param>
internal sealed record CoreCost(double Microseconds, double Bytes);
