namespace Laurel.ApiFrontend;

/// <summary>What a plan allows. Null is unlimited.</summary>
public sealed class PlanTerms
{
    /// <summary>Requests in a calendar month, UTC.</summary>
    public long? Requests { get; set; }

    /// <summary>Leaderboards.</summary>
    public int? Leaderboards { get; set; }

    /// <summary>Entries on all leaderboards together.</summary>
    public int? Entries { get; set; }

    /// <summary>Whether entries may carry metadata.</summary>
    public bool Metadata { get; set; }

    /// <summary>Whether boards may be followed live.</summary>
    public bool Realtime { get; set; }
}
