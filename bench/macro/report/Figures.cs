using System.Globalization;

namespace Laurel.Bench.Macro;

/// <summary>Figures and their texts.</summary>
internal static class Figures
{
    /// <summary>12,345</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1.23</summary>
    public static string Fine(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>1.23 ×</summary>
    public static string Times(double value) => $"{Fine(value)} ×";

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    /// <param name="values">One or more.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The value that this share of the values does not exceed.</summary>
    /// <param name="values">One or more.</param>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
