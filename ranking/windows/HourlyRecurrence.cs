using System.Globalization;

namespace Laurel.Ranking;

/// <summary>Every hour, the given time past the full one.</summary>
internal sealed class HourlyRecurrence(TimeSpan pastHour) : Recurrence
{
    private const string Format = "yyyy-MM-dd'T'HH";

    public override DateTime LatestAt(DateTime time)
    {
        var shifted = time - pastHour;
        return shifted.Date.AddHours(shifted.Hour) + pastHour;
    }

    public override DateTime After(DateTime reset) => reset.AddHours(1);

    public override string KeyOf(DateTime reset) => reset.ToString(Format, CultureInfo.InvariantCulture);

    public override bool TryParseKey(string key, out DateTime reset)
    {
        var parsed = DateTime.TryParseExact(key, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour);
        reset = hour + pastHour;
        return parsed;
    }
}
