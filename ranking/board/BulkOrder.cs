namespace Laurel.Ranking;

/// <summary>Puts many slots in a board's order at once.</summary>
internal static class BulkOrder
{
    /// <summary>
    /// Sorts by score as plain integers, which is several times as fast as comparing entries; then each group of equal scores by
    /// time, and what is left by id. O(n log n), O(n) when they are in order; allocates 8 bytes a slot.
    /// </summary>
    public static void Sort(Span<int> slots, EntryTable entries)
    {
        Span<long> images = new long[slots.Length];
        var isSorted = true;
        for (var i = 0; i < slots.Length; i++)
        {
            images[i] = entries[slots[i]].Key.Score;
            isSorted &= i == 0 || images[i - 1] <= images[i];
        }

        if (!isSorted)
        {
            images.Sort(slots);
        }

        for (int from = 0, to; from < slots.Length; from = to)
        {
            to = EndOfGroup(images, from);
            if (to - from > 1)
            {
                SortByTime(slots[from..to], images[from..to], entries);
            }
        }
    }

    private static void SortByTime(Span<int> slots, Span<long> times, EntryTable entries)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            times[i] = entries[slots[i]].Key.Time;
        }

        times.Sort(slots);
        for (int from = 0, to; from < slots.Length; from = to)
        {
            to = EndOfGroup(times, from);
            if (to - from > 1)
            {
                slots[from..to].Sort((left, right) => entries.IdOf(left).SequenceCompareTo(entries.IdOf(right)));
            }
        }
    }

    private static int EndOfGroup(ReadOnlySpan<long> sorted, int from)
    {
        var to = from + 1;
        while (to < sorted.Length && sorted[to] == sorted[from])
        {
            to++;
        }

        return to;
    }
}
