namespace Laurel.Ranking;

/// <summary>How a board's time is cut into seasons.</summary>
public enum TimeframeType
{
    /// <summary>One season without beginning or end.</summary>
    AllTime,

    /// <summary>A season an hour of the wall clock.</summary>
    Hourly,

    /// <summary>A season a day.</summary>
    Daily,

    /// <summary>A season a week, from the same weekday on.</summary>
    Weekly,

    /// <summary>A season a month, from the same day on.</summary>
    Monthly,

    /// <summary>A season a year, from 1 January on.</summary>
    Yearly,

    /// <summary>One season between two given instants.</summary>
    Custom,

    /// <summary>Seasons are opened and closed by hand.</summary>
    Manual,
}
