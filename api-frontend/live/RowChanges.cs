using System.Runtime.InteropServices;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>Compares two states of a window, and puts comparisons that follow one another together.</summary>
internal static class RowChanges
{
    /// <summary>What lies between two states: what left first, then by rank.</summary>
    /// <param name="rows">The rows before.</param>
    /// <param name="now">The window now, which was also asked for all subjects of <paramref name="rows"/>.</param>
    /// <param name="former">What entries outside <paramref name="rows"/> were before, as far as that is known.</param>
    public static IReadOnlyList<RowChange> Between(IReadOnlyList<EntryView> rows, WindowView now, Func<string, FormerEntry?> former)
    {
        List<RowChange> changes = [];
        Dictionary<string, EntryView> before = new(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
            before[row.UserId] = row;

        var within = now.Entries.Select(row => row.UserId).ToHashSet(StringComparer.Ordinal);
        var elsewhere = now.Also?.ToDictionary(row => row.UserId, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (within.Contains(row.UserId))
                continue;
            changes.Add(elsewhere is not null && elsewhere.TryGetValue(row.UserId, out var there)
                ? Of(row, there)
                : new RowChange(RowChangeKind.Delete, row.UserId, null, RowBefore.Of(row)));
        }

        foreach (var row in now.Entries)
        {
            if (!before.TryGetValue(row.UserId, out var was))
                changes.Add(Entered(row, former(row.UserId)));
            else if (was != row)
                changes.Add(Of(was, row));
        }

        return changes;
    }

    /// <summary>Several comparisons as one: what each row was first, and is last. Rows that are back where they were are left out.</summary>
    public static IReadOnlyList<RowChange> Together(IEnumerable<IReadOnlyList<RowChange>> steps)
    {
        Dictionary<string, RowChange> all = new(StringComparer.Ordinal);
        foreach (var change in steps.SelectMany(static step => step))
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(all, change.UserId, out var exists);
            known = exists ? known! with { Kind = Follow(known!.Kind, change.Kind), New = change.New } : change;
        }

        return
        [
            .. all.Values.Where(static change => !IsNothing(change)).Select(Judge).OrderBy(static change => change.New?.Rank ?? 0),
        ];
    }

    private static RowChange Of(EntryView was, EntryView now)
    {
        var before = RowBefore.Of(was);
        var isSame = before.IsLike(now) && was.Metadata == now.Metadata;
        return new RowChange(isSame ? RowChangeKind.Shift : RowChangeKind.Update, now.UserId, now, before);
    }

    /// <summary>A row that was not in the window. Of one that nobody has changed, others made room.</summary>
    private static RowChange Entered(EntryView row, FormerEntry? former) => former switch
    {
        null => new RowChange(RowChangeKind.Shift, row.UserId, row, new RowBefore(row.Name, row.Score, null, row.UpdatedAt)),
        { WasListed: false } => new RowChange(RowChangeKind.Insert, row.UserId, row, null),
        _ => new RowChange(RowChangeKind.Update, row.UserId, row, new RowBefore(former.Name, former.Score, former.Rank, former.UpdatedAt)),
    };

    private static RowChangeKind Follow(RowChangeKind first, RowChangeKind then) => (first, then) switch
    {
        (RowChangeKind.Insert, RowChangeKind.Delete) => RowChangeKind.Delete,
        (RowChangeKind.Insert, _) => RowChangeKind.Insert,
        (_, RowChangeKind.Insert) => RowChangeKind.Update,
        (RowChangeKind.Delete or RowChangeKind.Update, RowChangeKind.Shift) => RowChangeKind.Update,
        (_, var last) => last,
    };

    /// <summary>One that left and came back may have changed while nobody looked.</summary>
    private static RowChange Judge(RowChange change) =>
        change is { Kind: RowChangeKind.Shift, New: { } now, Before: { } was } && !was.IsLike(now) ? change with { Kind = RowChangeKind.Update } : change;

    private static bool IsNothing(RowChange change) => change.New is { } now
        ? change.Before is { } was && was.IsLike(now) && was.Rank == now.Rank
        : change.Before is null;
}
