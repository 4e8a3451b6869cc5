namespace Laurel.Client;

/// <summary>The end of a window.</summary>
public sealed class LiveClosing
{
    internal LiveClosing(LaurelJson json) => (WindowKey, Next, Final) = (json.RequiredText("window_key"), json.Text("next"), json.Flag("final"));

    /// <summary>The window that ended.</summary>
    public string WindowKey { get; }

    /// <summary>The one after it; null when there is none yet.</summary>
    public string? Next { get; }

    /// <summary>Whether its final standings are written, and can be read as a snapshot.</summary>
    public bool Final { get; }
}
