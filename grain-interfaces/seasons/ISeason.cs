namespace Laurel.GrainInterfaces;

/// <summary>
/// One season of one board: the standings in memory, their journal in the store. Every answer to a write waits until all it saw is
/// durable. Key: <see cref="SeasonKey"/>.
/// </summary>
public interface ISeason : IGrain
{
    /// <summary>Applies a batch in order, an outcome per score. Repeating the request id repeats the outcome.</summary>
    Task<ScoreOutcomes> SubmitAsync(ScoreBatch request);

    /// <summary>Adds to scores, subtracts from them or sets them, all or none. Repeating the request id repeats the outcome.</summary>
    Task<AdjustmentsOutcome> AdjustAsync(AdjustScores request);

    /// <summary>Entries from a position on.</summary>
    Task<EntryPage> ReadPageAsync(ReadPage request);

    /// <summary>One subject's entry and its neighbours. NotFound when the subject is not listed.</summary>
    Task<EntryOutcome> ReadEntryAsync(ReadEntry request);

    /// <summary>Removes a subject's entry. NotFound when it has none.</summary>
    Task<EntryOutcome> RemoveEntryAsync(RemoveEntry request);

    /// <summary>Takes over what changed in the players register. Harmless when repeated.</summary>
    Task<Acknowledgement> ApplyPlayerChangesAsync(PlayerChanges request);

    /// <summary>Takes over the board's status and its own end as the leaderboard has them now; refused writes start or stop before it answers.</summary>
    Task<Acknowledgement> ObeyAsync(SeasonOrders request);

    /// <summary>Takes scores that come from events, in order, those it has not taken before; a repeat changes nothing.</summary>
    Task<EventsScored> ScoreEventsAsync(EventDelivery request);

    /// <summary>Takes no score from now on and writes the final standings; answers when they are readable. Harmless when repeated.</summary>
    Task<SeasonSealed> SealAsync(SealSeason request);

    /// <summary>Says where the season stands, and has it tell its news for a while.</summary>
    Task<SeasonHead> WatchAsync(WatchSeason request);

    /// <summary>Parts of the standings, once they are durable: for what is cached or followed.</summary>
    Task<WindowsOutcome> ReadWindowsAsync(ReadWindows request);
}
