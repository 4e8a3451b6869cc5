namespace Laurel.Client;

/// <summary>A player's place and those around it.</summary>
public sealed class Neighbourhood
{
    private Neighbourhood(LaurelJson json)
    {
        WindowKey = json.RequiredText("window_key");
        Total = json.RequiredWhole("total");
        User = Standing.Read(json.Object("user") ?? LaurelJson.Null);
        Entries = json.RequiredList("entries", Standing.Read);
    }

    /// <summary>The window.</summary>
    public string WindowKey { get; }

    /// <summary>How many the window lists.</summary>
    public int Total { get; }

    /// <summary>The player.</summary>
    public Standing User { get; }

    /// <summary>The neighbours in rank order, the player among them.</summary>
    public IReadOnlyList<Standing> Entries { get; }

    internal static Neighbourhood Read(LaurelJson json) => new(json);
}
