namespace Laurel.Client;

/// <summary>A window that has ended.</summary>
public sealed class Snapshot
{
    private Snapshot(LaurelJson json)
    {
        WindowKey = json.RequiredText("window_key");
        WindowStart = json.Instant("window_start");
        WindowEnd = json.Instant("window_end");
        Total = json.RequiredWhole("total");
        Final = json.Flag("final");
    }

    /// <summary>The window, such as <c>2025-W47</c>.</summary>
    public string WindowKey { get; }

    /// <summary>When it began; null when it had no beginning.</summary>
    public DateTimeOffset? WindowStart { get; }

    /// <summary>When it ended; null when it has not.</summary>
    public DateTimeOffset? WindowEnd { get; }

    /// <summary>How many its standings list.</summary>
    public int Total { get; }

    /// <summary>Whether nothing can change them any more.</summary>
    public bool Final { get; }

    internal static Snapshot Read(LaurelJson json) => new(json);
}
