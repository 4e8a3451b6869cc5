using Orleans.Configuration;

namespace Laurel.Silo;

/// <summary>How soon silos give up one that does not answer: three probes of a second and a half, and two votes.</summary>
internal static class FailureDetection
{
    /// <summary>For <see cref="ClusterMembershipOptions"/>.</summary>
    public static void WatchClosely(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }
}
