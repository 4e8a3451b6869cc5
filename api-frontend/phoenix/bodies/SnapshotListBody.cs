namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The windows of a board that have ended.</summary>
/// <param name="Total">How many there are in the asked time.</param>
internal sealed record SnapshotListBody(string LeaderboardId, string TenantId, int Total, IReadOnlyList<SnapshotBody> Snapshots);
