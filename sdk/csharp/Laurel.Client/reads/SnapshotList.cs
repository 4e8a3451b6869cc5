namespace Laurel.Client;

/// <summary>Windows that have ended.</summary>
public sealed class SnapshotList
{
    private SnapshotList(LaurelJson json) => (Total, Snapshots) = (json.RequiredWhole("total"), json.RequiredList("snapshots", Snapshot.Read));

    /// <summary>How many there are in the asked time.</summary>
    public int Total { get; }

    /// <summary>The newest of them.</summary>
    public IReadOnlyList<Snapshot> Snapshots { get; }

    internal static SnapshotList Read(LaurelJson json) => new(json);
}
