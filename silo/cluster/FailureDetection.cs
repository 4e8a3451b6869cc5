using Orleans.Configuration;

namespace Laurel.Silo;

/// <summary>
/// How soon silos give up one that does not answer: three probes of a second and a half, and two votes. Writes go on within 15 s of a
/// loss: five to six for this, and an attempt of the port that has to run out.
/// </summary>
internal static class FailureDetection
{
    /// <summary>For <see cref="ClusterMembershipOptions"/>.</summary>
    public static void WatchClosely(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        // With them a frozen silo of three was not given up within half a minute: the one asked to probe it in turn answers later than
        // the asker waits, and that counts as no probe at all. Two votes keep a silo whose own network fails from judging others.
        membership.EnableIndirectProbes = false;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }
}
