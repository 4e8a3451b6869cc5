namespace Laurel.Bench.Macro;

/// <summary>The goals as a table.</summary>
internal static class GoalTable
{
    /// <summary>All goals of a report.</summary>
    public static Table Of(Report report) => new(
        "Goals",
        ["what", "measured", "goal", "verdict"],
        [.. report.Goals.Select(static goal => (IReadOnlyList<string>)[goal.What, goal.Measured, goal.Wanted, goal.Verdict])]);
}
