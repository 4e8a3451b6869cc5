using System.Globalization;

namespace Laurel.Ranking;

/// <summary>Every year on 1 January.</summary>
internal sealed class YearlyRecurrence(TimeSpan timeOfDay) : Recurrence
{
    private const string Format = "yyyy";

    public override DateTime LatestAt(DateTime time) => In((time - timeOfDay).Year);

    public override DateTime After(DateTime reset) => In(reset.Year + 1);

    public override string KeyOf(DateTime reset) => reset.ToString(Format, CultureInfo.InvariantCulture);

    public override bool TryParseKey(string key, out DateTime reset)
    {
        var parsed = DateTime.TryParseExact(key, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var year);
        reset = In(parsed ? year.Year : 1);
        return parsed;
    }

    private DateTime In(int year) => new DateTime(year, 1, 1) + timeOfDay;
}
