namespace Laurel.ApiFrontend;

/// <summary>A parameter.</summary>
/// <param name="Name">As it stands in the URL.</param>
/// <param name="Description">What it does, with its default.</param>
/// <param name="Schema">Its JSON Schema.</param>
internal sealed record ParameterDoc(string Name, string Description, string Schema)
{
    /// <summary>How many items a page has.</summary>
    public static readonly ParameterDoc Limit =
        new("limit", "How many items at the most.", """{"type":"integer","minimum":1,"maximum":1000,"default":100}""");

    /// <summary>Where a page begins.</summary>
    public static readonly ParameterDoc Offset =
        new("offset", "How many items to pass over.", """{"type":"integer","minimum":0,"default":0}""");

    /// <summary>Which window of a board is shown.</summary>
    public static readonly ParameterDoc WindowKey = new(
        "window_key",
        "A window: `2025-11-18T12` hourly, `2025-11-18` daily, `2025-W47` weekly, `2025-11` monthly, `2025` yearly, `all_time`, or a "
        + "season's id. `current`, the default, is the present one; while it has no entries, the last one before it.",
        """{"type":"string","default":"current"}""");

    /// <summary>Which window of a board is administered.</summary>
    public static readonly ParameterDoc Window = new(
        "window_key", "A window's key or a season's id; the present window when left out.", """{"type":"string","default":"current"}""");

    /// <summary>How ties are numbered.</summary>
    public static readonly ParameterDoc Ranks = new(
        "ranks",
        "`ordinal`: positions in the total order, 1, 2, 3, 4. `standard`: equal scores share the best rank, 1, 2, 2, 4.",
        """{"type":"string","enum":["ordinal","standard"],"default":"ordinal"}""");

    /// <summary>Which board's history is shown.</summary>
    public static readonly ParameterDoc Incarnation = new(
        "incarnation",
        "Which board is meant when one was deleted and another made with its id: 1 is the first. The newest when left out.",
        """{"type":"integer","minimum":1}""");

    /// <summary>How many neighbours a player is shown with.</summary>
    public static readonly ParameterDoc Around =
        new("around", "How many neighbours on each side.", """{"type":"integer","minimum":0,"maximum":100,"default":5}""");
}
