using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>Turns a store that does not answer into an outcome, since no exception crosses a grain's boundary.</summary>
internal static class StoreFailures
{
    /// <summary>The same answer, or Unavailable when a read found no store.</summary>
    public static async Task<TOutcome> OrUnavailable<TOutcome>(this Task<TOutcome> answer)
        where TOutcome : class, IOutcome<TOutcome>
    {
        try
        {
            return await answer;
        }
        catch (StorageUnavailableException)
        {
            return TOutcome.Failed(OutcomeStatus.Unavailable);
        }
    }
}
