using System.Collections.Concurrent;
using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>
/// One of several that each believe a journal to be theirs: opens it, loads what is there, appends, takes snapshots and truncates, until
/// told that it lost, and then opens it again.
/// </summary>
/// <param name="store">Its way to the database.</param>
/// <param name="journal">The journal that all fight over.</param>
/// <param name="name">Its own.</param>
/// <param name="random">Decides what it does next.</param>
/// <param name="acknowledged">Every append that was told to be committed, of all owners, by sequence.</param>
/// <param name="doubtful">Every append with an unknown outcome.</param>
internal sealed class RaceOwner(
    IStore store,
    string journal,
    string name,
    Random random,
    ConcurrentDictionary<long, string> acknowledged,
    ConcurrentBag<(long, string)> doubtful)
{
    private JournalHead? _head;
    private List<(long Sequence, string Blob)> _history = [];
    private long _snapshots;
    private int _appends;

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_head is null || random.Next(40) == 0)
            {
                await LoadAsync();
            }
            else
            {
                await (random.Next(10) switch
                {
                    0 => SnapshotAsync(_head),
                    1 => TruncateAsync(_head),
                    _ => AppendAsync(_head),
                });
            }
        }
    }

    /// <summary>Opens the journal and returns its whole history.</summary>
    public async Task<List<(long Sequence, string Blob)>> LoadAsync()
    {
        _head = null;
        try
        {
            var head = await store.Journals.OpenAsync(journal);
            List<(long, string)> history = [];
            await foreach (var slice in store.Journals.ReadSnapshotAsync(head))
            {
                history.AddRange(Encoding.UTF8.GetString(slice).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse));
            }

            await foreach (var blob in store.Journals.ReadAsync(head))
            {
                history.Add((blob.LastSequence, Encoding.UTF8.GetString(blob.Data)));
            }

            Assert.Equal(head.LastSequence, history.Count == 0 ? 0 : history[^1].Item1);
            (_head, _history) = (head, history);
        }
        catch (StorageUnavailableException)
        {
            // Somebody else opened it meanwhile, or the opening met a fault.
        }

        return _history;
    }

    private async Task AppendAsync(JournalHead head)
    {
        // Two at once, as a season with a full queue does.
        var last = _history.Count == 0 ? 0 : _history[^1].Sequence;
        List<(long Sequence, string Blob, Task<WriteOutcome> Outcome)> appends = [];
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var next = last + random.Next(1, 4);
            var blob = $"{name} {head.Epoch} {_appends++}";
            var append = new JournalAppend { Head = head, ExpectedLast = last, NewLast = next, Data = Encoding.UTF8.GetBytes(blob) };
            appends.Add((next, blob, store.Journals.AppendAsync(append).AsTask()));
            last = next;
        }

        foreach (var (sequence, blob, task) in appends)
        {
            var outcome = await task;
            if (outcome == WriteOutcome.Committed)
            {
                Assert.True(acknowledged.TryAdd(sequence, blob), $"sequence {sequence} was acknowledged twice");
                _history.Add((sequence, blob));
                continue;
            }

            if (outcome == WriteOutcome.Unknown)
            {
                doubtful.Add((sequence, blob));
            }

            _head = null;
        }
    }

    private async Task SnapshotAsync(JournalHead head)
    {
        var id = ++_snapshots;
        var start = _history.Count == 0 ? 0 : _history[^1].Sequence;
        var half = _history.Count / 2;
        var (slice, rest) = (Text(_history[..half]), Text(_history[half..]));
        var good = await store.Journals.WriteSliceAsync(head, id, 0, slice) == WriteOutcome.Committed
            && await store.Journals.WriteSliceAsync(head, id, 1, rest) == WriteOutcome.Committed
            && await store.Journals.CommitSnapshotAsync(head, id, start, start) == WriteOutcome.Committed;
        if (!good)
        {
            _head = null;
        }
    }

    private async Task TruncateAsync(JournalHead head)
    {
        if ((await store.Journals.TruncateAsync(head)).Outcome != WriteOutcome.Committed)
        {
            _head = null;
        }
    }

    private static byte[] Text(IEnumerable<(long Sequence, string Blob)> history) =>
        Encoding.UTF8.GetBytes(string.Concat(history.Select(entry => $"{entry.Sequence} {entry.Blob}\n")));

    private static (long Sequence, string Blob) Parse(string line)
    {
        var space = line.IndexOf(' ');
        return (long.Parse(line[..space]), line[(space + 1)..]);
    }
}
