using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Tells a season's news while somebody watches it: after each commit, in the order of the journal, so that nothing shows that is not
/// durable. Without watchers a commit costs one look at the clock.
/// </summary>
internal sealed class SeasonFeed(ActivationContext context, SeasonState state, SeasonJournal journal)
{
    /// <summary>How long a watcher is remembered. Watchers call every two seconds.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>A commit that changed more subjects than this is told without them.</summary>
    private const int MostChanges = 1024;

    /// <summary>Former ranks are counted for so many subjects of a commit: each costs half a microsecond.</summary>
    private const int MostRanks = 128;

    private long? _watchedAt;
    private long _told;

    private bool IsWatched => _watchedAt is { } at && context.Clock.GetElapsedTime(at) < Lease;

    /// <summary>Somebody watches, and is told the head by the answer.</summary>
    public void Watch()
    {
        _watchedAt = context.Clock.GetTimestamp();
        _told = Math.Max(_told, journal.DurableSequence);
    }

    /// <summary>Tells of a set that is durable and not confirmed yet.</summary>
    public void Tell(ChangeSet set)
    {
        if (!IsWatched)
            return;
        _told = set.LastSequence;
        context.Feed.Publish(new SeasonNews(context.Key, journal.Head.Epoch, set.LastSequence, SeasonNewsKind.Changed, ChangesOf(set)));
    }

    /// <summary>Tells where the journal ends, unless that is told: a set of unknown fate turned out to be there.</summary>
    public void TellHead()
    {
        if (journal.DurableSequence <= _told || !IsWatched)
            return;
        _told = journal.DurableSequence;
        context.Feed.Publish(new SeasonNews(context.Key, journal.Head.Epoch, _told, SeasonNewsKind.Changed));
    }

    /// <summary>Tells that other terms hold from now on.</summary>
    public void TellTerms()
    {
        if (IsWatched)
            context.Feed.Publish(new SeasonNews(context.Key, journal.Head.Epoch, journal.DurableSequence, SeasonNewsKind.Terms));
    }

    /// <summary>Tells that the final standings are written, watched or not: by then watchers look at the next season, and only listen here.</summary>
    public void TellSealed() =>
        context.Feed.Publish(new SeasonNews(context.Key, journal.Head.Epoch, journal.DurableSequence, SeasonNewsKind.Sealed));

    private List<FormerEntry>? ChangesOf(ChangeSet set)
    {
        List<FormerEntry> changes = [];
        foreach (var former in state.FormerStates(set))
        {
            if (changes.Count == MostChanges)
                return null;
            var id = state.Board.IdOf(former.Slot);
            var userId = Encoding.UTF8.GetString(id);
            var name = state.NameOf(former);
            changes.Add(former.IsListed
                ? new FormerEntry(
                    userId, true, name.IsEmpty ? null : Encoding.UTF8.GetString(name), former.Score, changes.Count < MostRanks ? RankOf(former, id) : null, former.UpdatedAt)
                : new FormerEntry(userId, false));
        }

        return changes;
    }

    /// <summary>The rank that the former score would have now, the subject itself not counted.</summary>
    private int RankOf(in FormerState former, ReadOnlySpan<byte> id)
    {
        var ahead = state.Board.CountBefore(former.Score, former.AchievedAt, id);
        var rank = state.Board.RankOf(former.Slot);
        return rank > 0 && rank <= ahead ? ahead : ahead + 1;
    }
}
