using System.Globalization;

namespace Laurel.Ranking;

/// <summary>Every day at the same time.</summary>
internal sealed class DailyRecurrence(TimeSpan timeOfDay) : Recurrence
{
    private const string Format = "yyyy-MM-dd";

    public override DateTime LatestAt(DateTime time) => (time - timeOfDay).Date + timeOfDay;

    public override DateTime After(DateTime reset) => reset.AddDays(1);

    public override string KeyOf(DateTime reset) => reset.ToString(Format, CultureInfo.InvariantCulture);

    public override bool TryParseKey(string key, out DateTime reset)
    {
        var parsed = DateTime.TryParseExact(key, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        reset = day + timeOfDay;
        return parsed;
    }
}
