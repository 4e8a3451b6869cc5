namespace Laurel.Client;

/// <summary>A page of a window's standings.</summary>
public sealed class Page
{
    private Page(LaurelJson json)
    {
        WindowKey = json.Text("window_key");
        WindowStart = json.Instant("window_start");
        WindowEnd = json.Instant("window_end");
        Total = json.RequiredWhole("total");
        Entries = json.RequiredList("entries", Standing.Read);
        Final = json.Flag("final");
    }

    /// <summary>The window; null on a board that never had one.</summary>
    public string? WindowKey { get; }

    /// <summary>When the window began; null when it has no beginning.</summary>
    public DateTimeOffset? WindowStart { get; }

    /// <summary>When it ends; null when it does not.</summary>
    public DateTimeOffset? WindowEnd { get; }

    /// <summary>How many the window lists.</summary>
    public int Total { get; }

    /// <summary>The places, in rank order.</summary>
    public IReadOnlyList<Standing> Entries { get; }

    /// <summary>Whether nothing can change them any more: of snapshots alone.</summary>
    public bool Final { get; }

    internal static Page Read(LaurelJson json) => new(json);
}
