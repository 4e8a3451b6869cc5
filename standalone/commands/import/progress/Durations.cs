using System.Globalization;

namespace Laurel.Standalone.Commands;

/// <summary>Times as people read them.</summary>
internal static class Durations
{
    /// <summary><c>0:07</c>, <c>12:30</c>, <c>3:05:00</c>.</summary>
    public static string Describe(TimeSpan time) => time >= TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
