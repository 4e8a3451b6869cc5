using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>Shows a season's entries as the API speaks of them. Reads memory alone.</summary>
internal readonly struct SeasonView(SeasonState state, int size)
{
    /// <summary>How many entries are listed.</summary>
    public int Total => Math.Min(state.Board.Count, size);

    /// <summary>Entries from a 0-based position on, within what is listed.</summary>
    public IReadOnlyList<EntryView> Page(int offset, int limit, RankStyle ranks) =>
        Entries(offset, Math.Min(limit, Math.Max(0, Total - offset)), ranks);

    /// <summary>The entry itself; null when it has no rank.</summary>
    public EntryView? Entry(int slot, RankStyle ranks)
    {
        var rank = ranks == RankStyle.Standard ? state.Board.StandardRankOf(slot) : state.Board.RankOf(slot);
        return rank == 0 ? null : Show(slot, rank);
    }

    /// <summary>The entries around one, itself among them, wherever it stands.</summary>
    public IReadOnlyList<EntryView> Around(int slot, int each, RankStyle ranks)
    {
        var position = state.Board.RankOf(slot) - 1;
        var first = Math.Max(0, position - each);
        return Entries(first, position - first + each + 1, ranks);
    }

    /// <summary>A part of the listed entries, in either direction, and some subjects besides.</summary>
    public WindowView Window(WindowQuery query)
    {
        var entries = query.Around is { } subject ? Around(subject, query.Limit, query.FromEnd)
            : query.FromEnd ? FromEnd(query.Offset, query.Limit)
            : Page(query.Offset, query.Limit, RankStyle.Ordinal);
        if (query.Also is not { Count: > 0 } also)
            return new WindowView(entries);

        var within = entries.Select(entry => entry.UserId).ToHashSet();
        List<EntryView> others = [];
        foreach (var userId in also)
        {
            if (!within.Contains(userId) && state.Board.Find(Encoding.UTF8.GetBytes(userId)) is >= 0 and var slot && Entry(slot, RankStyle.Ordinal) is { } entry)
                others.Add(query.FromEnd ? Mirror(entry) : entry);
        }

        return new WindowView(entries, others.Count > 0 ? others : null);
    }

    private IReadOnlyList<EntryView> Around(string userId, int each, bool fromEnd)
    {
        var slot = state.Board.Find(Encoding.UTF8.GetBytes(userId));
        if (slot < 0 || !state.Board.IsListed(slot))
            return [];
        var entries = Around(slot, each, RankStyle.Ordinal);
        return fromEnd ? [.. entries.Reverse().Select(Mirror)] : entries;
    }

    private IReadOnlyList<EntryView> FromEnd(int offset, int limit)
    {
        var last = Total - offset;
        var first = Math.Max(0, last - limit);
        return [.. Entries(first, last - first, RankStyle.Ordinal).Reverse().Select(Mirror)];
    }

    private EntryView Mirror(EntryView entry) => entry with { Rank = Math.Max(Total, entry.Rank) - entry.Rank + 1 };

    private EntryView[] Entries(int offset, int limit, RankStyle ranks)
    {
        if (limit <= 0)
            return [];
        var slots = new int[limit];
        var count = state.Board.Page(offset, slots);
        var entries = new EntryView[count];
        for (var i = 0; i < count; i++)
        {
            var rank = offset + i + 1;
            if (ranks == RankStyle.Standard)
            {
                var tied = i > 0 && state.Board.ScoreOf(slots[i]) == state.Board.ScoreOf(slots[i - 1]);
                rank = i == 0 ? state.Board.StandardRankOf(slots[i]) : tied ? entries[i - 1].Rank : rank;
            }

            entries[i] = Show(slots[i], rank);
        }

        return entries;
    }

    private EntryView Show(int slot, int rank) => new(
        Encoding.UTF8.GetString(state.Board.IdOf(slot)),
        Text(state.NameOf(slot)),
        state.Board.ScoreOf(slot),
        rank,
        state.Board.TimeOf(slot),
        state.CreatedAtOf(slot),
        state.UpdatedAtOf(slot),
        Text(state.MetadataOf(slot)));

    private static string? Text(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
