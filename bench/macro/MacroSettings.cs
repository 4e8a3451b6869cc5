namespace Laurel.Bench.Macro;

/// <summary>How large a macro run is.</summary>
internal sealed record MacroSettings
{
    /// <summary>Smaller than what the goals speak of: proves that it works, measures little.</summary>
    public bool Quick { get; private init; }

    /// <summary>Where the tables go besides the console; null for nowhere.</summary>
    public string? Markdown { get; init; }

    /// <summary>Where the run's data lies meanwhile; null for the usual place.</summary>
    public string? Directory { get; init; }

    /// <summary>Registered players, each with an entry.</summary>
    public int Subjects { get; private init; } = 1_000_000;

    /// <summary>How often each submission endpoint has its turn.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>Batches of a turn.</summary>
    public int BatchRequests { get; private init; } = 10_000;

    /// <summary>Requests with one score of a turn.</summary>
    public int SingleRequests { get; private init; } = 60_000;

    /// <summary>How long reads are measured, with and without writes.</summary>
    public double ReadSeconds { get; private init; } = 15;

    /// <summary>How often the server is killed and started again.</summary>
    public int Restarts { get; private init; } = 3;

    /// <summary>Cold boards of an idle process, and the many boards of a cluster.</summary>
    public int IdleBoards { get; private init; } = 1_000;

    /// <summary>Entries of the season that is measured inside the process.</summary>
    public int GrainSubjects { get; private init; } = 100_000;

    /// <summary>How long each turn of the reads inside the grain takes.</summary>
    public double GrainSeconds { get; private init; } = 4;

    /// <summary>How long each part of a score's budget is measured.</summary>
    public double BudgetSeconds { get; private init; } = 3;

    /// <summary>Events that are scored: as many as the football results make.</summary>
    public int Events { get; private init; } = 99_000;

    /// <summary>Viewers of one board over the hub.</summary>
    public int HubViewers { get; private init; } = 10_000;

    /// <summary>How often they are told something.</summary>
    public int HubRounds { get; private init; } = 40;

    /// <summary>How long a board that changes all the time is watched.</summary>
    public double HubSeconds { get; private init; } = 10;

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The small run.</summary>
    public static MacroSettings Small { get; } = new()
    {
        Quick = true,
        Subjects = 100_000,
        Rounds = 2,
        BatchRequests = 1_500,
        SingleRequests = 6_000,
        ReadSeconds = 3,
        Restarts = 1,
        IdleBoards = 100,
        GrainSubjects = 20_000,
        GrainSeconds = 1,
        BudgetSeconds = 0.5,
        Events = 20_000,
        HubViewers = 1_000,
        HubRounds = 10,
        HubSeconds = 3,
    };

    /// <summary>The cluster's run.</summary>
    public static MacroSettings Cluster { get; } = new() { Subjects = 20_000, Rounds = 11, BatchRequests = 3_000 };

    /// <summary>The same, small.</summary>
    public static MacroSettings SmallCluster { get; } = new() { Quick = true, Subjects = 2_000, Rounds = 2, BatchRequests = 300, IdleBoards = 30 };
}
