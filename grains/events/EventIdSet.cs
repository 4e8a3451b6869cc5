namespace Laurel.Grains;

/// <summary>
/// The ids of the events accepted in the last 24 hours, each as 64 bits of its hash: eight bytes an id, at a load between a third and
/// three quarters. Adding costs one cache miss.
/// </summary>
/// <remarks>
/// Open addressing in 256 tables, chosen by the first byte of the hash, so that no growth or clearing takes longer than its own table: a
/// millisecond at ten million ids. A slot keeps the other 56 bits and the hour in which the id came. An id is live for the hour it came
/// in and the 24 after it, and while the clock is set back by as much; what is older keeps its slot until the table is built anew, which
/// happens when it is full, and at least every hundred hours of use, long before the hour's byte comes round.
/// How many are live is known by the hours they came in, without looking at the tables.
/// Two ids share 64 bits once in 10^12 events at sixteen million remembered ones; then the second is taken for a repeat.
/// </remarks>
public sealed class EventIdSet
{
    /// <summary>The most live ids: 180 to 400 MB at worst.</summary>
    public const int Most = 1 << 24;

    private const int Tables = 256;
    private const int LeastCapacity = 16;
    private const int LiveHours = 24;
    private const int HoursBetweenClearings = 100;

    /// <summary>More than are live at a time, a power of two, and so many that a clock that was set back a day does no harm.</summary>
    private const int HoursCounted = 64;

    private readonly Table[] _tables = new Table[Tables];
    private readonly (long Hour, int Ids)[] _came = new (long, int)[HoursCounted];

    /// <summary>How many ids are live; a few more while the clock is set back.</summary>
    /// <param name="hour">Now.</param>
    public int CountLive(long hour)
    {
        var live = 0;
        foreach (var (came, ids) in _came)
            live += IsOld(came, hour) ? 0 : ids;
        return live;
    }

    /// <summary>Adds an id unless it is there.</summary>
    /// <param name="id">The hash.</param>
    /// <param name="hour">Since the Unix epoch; now, or when the id came. Never falls by more than a day.</param>
    /// <returns>False when it is there already.</returns>
    public bool TryAdd(ulong id, long hour)
    {
        ref var table = ref _tables[id >> 56];
        if (table.Slots is null)
            table = new(new ulong[LeastCapacity], hour);
        else if (hour - table.LastHour > LiveHours || hour - table.ClearedAt > HoursBetweenClearings || table.Used * 4 >= table.Slots.Length * 3)
            Rebuild(ref table, hour);
        table.LastHour = Math.Max(table.LastHour, hour);

        var at = Find(table.Slots, id, out var found);
        if (found && IsLive(table.Slots[at], hour))
            return false;
        if (!found)
            table.Used++;
        table.Slots[at] = Slot(id, hour);
        ref var came = ref _came[hour % HoursCounted];
        came = (hour, came.Hour == hour ? came.Ids + 1 : 1);
        return true;
    }

    /// <summary>Whether ids of that hour count no more.</summary>
    public static bool IsOld(long hour, long now) => now - hour > LiveHours;

    /// <summary>Forgets an id whose event was not accepted after all.</summary>
    /// <param name="id">The hash.</param>
    /// <param name="hour">When it was added.</param>
    public void Remove(ulong id, long hour)
    {
        ref var table = ref _tables[id >> 56];
        if (table.Slots is null || Find(table.Slots, id, out _) is var at && table.Slots[at] != Slot(id, hour))
            return;
        table.Slots[at] = Slot(id, hour - (2 * LiveHours) - 1);
        ref var came = ref _came[hour % HoursCounted];
        if (came.Hour == hour)
            came.Ids--;
    }

    private static int Find(ulong[] slots, ulong id, out bool found)
    {
        var mask = slots.Length - 1;
        var wanted = Slot(id, 0) >> 8;
        var at = (int)wanted & mask;
        while (slots[at] != 0 && slots[at] >> 8 != wanted)
            at = (at + 1) & mask;
        found = slots[at] != 0;
        return at;
    }

    /// <summary>56 bits of the hash, never all zero, so that an empty slot is none; then the hour's last byte.</summary>
    private static ulong Slot(ulong id, long hour) => (Math.Max(id & 0xFF_FFFF_FFFF_FFFF, 1) << 8) | (byte)hour;

    private static bool IsLive(ulong slot, long hour) => (byte)(hour - (byte)slot + LiveHours) <= 2 * LiveHours;

    private void Rebuild(ref Table table, long hour)
    {
        // In a table that nothing came to for a day nothing is live, whatever the bytes of the hours look like by now.
        var isDead = hour - table.LastHour > LiveHours;
        var live = 0;
        foreach (var slot in table.Slots)
            live += !isDead && slot != 0 && IsLive(slot, hour) ? 1 : 0;
        var capacity = LeastCapacity;
        while (capacity < live * 2)
            capacity *= 2;

        var slots = new ulong[capacity];
        foreach (var slot in table.Slots)
        {
            if (!isDead && slot != 0 && IsLive(slot, hour))
                slots[Find(slots, slot >> 8, out _)] = slot;
        }

        table = new(slots, hour) { Used = live };
    }

    private struct Table(ulong[] slots, long clearedAt)
    {
        public readonly ulong[] Slots = slots;

        public readonly long ClearedAt = clearedAt;

        public long LastHour = clearedAt;

        public int Used;
    }
}
