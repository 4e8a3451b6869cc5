namespace Laurel.ApiFrontend;

/// <summary>Settings of the HTTP frontend: section <c>Laurel:Frontend</c>. Checked at start.</summary>
public sealed class FrontendOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Laurel:Frontend";

    /// <summary>SHA-256 of the configured admin key's UTF-8 text; null when none is configured. Set by the host, never by configuration.</summary>
    public byte[]? AdminKeyHash { get; set; }

    /// <summary>How far in the future an achieved-at may lie, for clients whose clocks run ahead.</summary>
    public TimeSpan FutureTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest body in bytes, streamed uploads aside.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a body may take to arrive.</summary>
    public TimeSpan BodyDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a verified key is good before it has to be known that none was revoked since. A revoked key stops working everywhere
    /// within a second.
    /// </summary>
    public TimeSpan KeyFreshness { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a key verified before stays good while its grain cannot be reached.</summary>
    public TimeSpan KeyGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many keys are remembered; the least recently used give way.</summary>
    public int KeyCacheSize { get; set; } = 10_000;

    /// <summary>How long a board's record and the season that is read are remembered.</summary>
    public TimeSpan RouteFreshness { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many boards' seasons are remembered.</summary>
    public int RouteCacheSize { get; set; } = 10_000;

    /// <summary>How long changes of a board are gathered before its viewers are told: each is told at most once in it.</summary>
    public TimeSpan LiveInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a board is followed after its last viewer has gone, so that one whose connection broke finds what it missed.</summary>
    public TimeSpan LiveLinger { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many may watch live at a time; more are refused.</summary>
    public int MaxViewers { get; set; } = 20_000;

    /// <summary>How many leaderboards one connection of the hub may follow.</summary>
    public int MaxSubscriptions { get; set; } = 16;

    /// <summary>A viewer that takes longer than this to read what it was sent is dropped.</summary>
    public TimeSpan ViewerDeadline { get; set; } = TimeSpan.FromSeconds(10);
}
