using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Tests.Live;

/// <summary>What a window has for its viewers, step by step or many steps as one, turns the rows that they have into those that there are.</summary>
public sealed class LiveWindowTests
{
    private const int Size = 4;
    private const int Neighbours = 2;
    private const string Centre = "u5";

    private static readonly string[] Users = [.. Enumerable.Range(0, 12).Select(static number => $"u{number}")];

    private readonly Dictionary<string, EntryView> _entries = [];
    private long _now;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    public void Whoever_applies_what_it_missed_has_the_rows_that_there_are(bool isAround, int seed)
    {
        Random random = new(seed);
        var window = new LiveWindow(isAround ? new LiveShape(0, Neighbours, Around: Centre) : new LiveShape(0, Size), TimeProvider.System);
        Show(window, []);
        Dictionary<string, EntryView> viewer = [];
        var shown = window.Current!.Version;
        for (var step = 0; step < 20_000; step++)
        {
            var rows = Show(window, Change(random));
            // Now and then it misses more than are remembered.
            if (random.Next(step % 1000 < 100 ? 20 : 3) > 0)
                continue;

            var newest = window.Current;
            if (newest.Version > shown)
            {
                if (window.Since(shown, newest) is { } changes)
                    Apply(viewer, changes, isAround);
                else
                    viewer = newest.Rows.ToDictionary(static row => row.UserId);
            }

            shown = newest.Version;
            Assert.Equal(rows, viewer.Values.OrderBy(static row => row.Rank));
        }
    }

    private EntryView[] Show(LiveWindow window, Dictionary<string, FormerEntry> heard)
    {
        const string season = "acme/board@1/one";
        var query = window.ToQuery(season);
        var all = Ranked();
        var rows = query.Around is null ? [.. all.Take(query.Limit)] : Around(all);
        var also = all.Where(row => query.Also?.Contains(row.UserId) == true && !rows.Contains(row)).ToArray();
        window.Show(season, "one", new WindowsOutcome(OutcomeStatus.Ok, 1, _now, all.Length), new WindowView(rows, also), heard.GetValueOrDefault);
        return rows;
    }

    /// <summary>As CONTRACT.md has it: what has left the part is told with its rank, and what is beside a centre that moved is not told.</summary>
    private static void Apply(Dictionary<string, EntryView> rows, IReadOnlyList<RowChange> changes, bool isAround)
    {
        foreach (var change in changes)
        {
            if (change.New is { } now)
                rows[change.UserId] = now;
            else
                rows.Remove(change.UserId);
            if (change is { Kind: RowChangeKind.Shift, Before: { } was })
                Assert.Equal((was.Name, was.Score, was.UpdatedAt), (change.New!.Name, change.New.Score, change.New.UpdatedAt));
        }

        var (first, last) = !isAround ? (1, Size)
            : rows.TryGetValue(Centre, out var centre) ? (centre.Rank - Neighbours, centre.Rank + Neighbours)
            : (1, 0);
        foreach (var row in rows.Values.Where(row => row.Rank < first || row.Rank > last).ToArray())
            rows.Remove(row.UserId);
    }

    /// <summary>Changes up to three entries.</summary>
    /// <returns>What was heard of them: not all.</returns>
    private Dictionary<string, FormerEntry> Change(Random random)
    {
        Dictionary<string, FormerEntry> heard = [];
        _now++;
        for (var count = random.Next(4); count > 0; count--)
        {
            var user = Users[random.Next(Users.Length)];
            var was = _entries.GetValueOrDefault(user);
            if (random.Next(4) > 0)
                heard.TryAdd(user, was is null ? new FormerEntry(user, false) : new FormerEntry(user, true, was.Name, was.Score, was.Rank, was.UpdatedAt));
            if (was is not null && random.Next(4) == 0)
                _entries.Remove(user);
            else
                _entries[user] = new EntryView(user, random.Next(3) == 0 ? $"{user} {_now}" : was?.Name, random.Next(8), 0, 0, 0, _now, null);
        }

        return heard;
    }

    private EntryView[] Ranked()
    {
        var rank = 0;
        foreach (var entry in _entries.Values.OrderByDescending(static entry => entry.Score).ThenBy(static entry => entry.UserId, StringComparer.Ordinal).ToArray())
            _entries[entry.UserId] = entry with { Rank = ++rank };
        return [.. _entries.Values.OrderBy(static entry => entry.Rank)];
    }

    private EntryView[] Around(EntryView[] all) => _entries.TryGetValue(Centre, out var centre)
        ? [.. all.Where(row => Math.Abs(row.Rank - centre.Rank) <= Neighbours)]
        : [];
}
