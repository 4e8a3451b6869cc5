using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>What the parts of the conformance suite share: an open store and short ways to use it.</summary>
public abstract class StoreTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    /// <summary>Names are new in each test, for databases that tests share.</summary>
    private readonly string _prefix = Guid.NewGuid().ToString("N");

    protected TDatabase Database { get; } = new();

    protected ManualClock Clock { get; } = new();

    protected IStore Store { get; private set; } = null!;

    protected IJournalStore Journals => Store.Journals;

    protected IRecordStore Records => Store.Records;

    public virtual async ValueTask InitializeAsync()
    {
        await Database.StartAsync();
        Store = await Database.OpenAsync(Clock);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Store is not null)
        {
            await Store.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    protected string Name(string name) => $"{_prefix}/{name}";

    protected Task<JournalHead> OpenAsync(string journal = "season") => Journals.OpenAsync(Name(journal));

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An append whose blob is the text.</summary>
    protected static JournalAppend Append(JournalHead head, long expected, long last, string blob = "blob", params Mark[] marks) => new()
    {
        Head = head,
        ExpectedLast = expected,
        NewLast = last,
        Data = Bytes(blob),
        Marks = marks,
    };

    protected Task<WriteOutcome> AppendAsync(JournalHead head, long expected, long last, string blob = "blob", params Mark[] marks) =>
        Journals.AppendAsync(Append(head, expected, last, blob, marks)).AsTask();

    /// <summary>The journal's blobs as text, with their sequences.</summary>
    protected async Task<List<(long Sequence, string Blob)>> ReadAsync(JournalHead head)
    {
        List<(long, string)> blobs = [];
        await foreach (var blob in Journals.ReadAsync(head))
        {
            blobs.Add((blob.LastSequence, Encoding.UTF8.GetString(blob.Data)));
        }

        return blobs;
    }

    protected async Task<List<string>> ReadSnapshotAsync(JournalHead head)
    {
        List<string> slices = [];
        await foreach (var slice in Journals.ReadSnapshotAsync(head))
        {
            slices.Add(Encoding.UTF8.GetString(slice));
        }

        return slices;
    }

    /// <summary>Writes and commits a snapshot of the given slices.</summary>
    protected async Task<WriteOutcome> SnapshotAsync(JournalHead head, long id, long start, long expectedLast, params string[] slices)
    {
        for (var i = 0; i < slices.Length; i++)
        {
            Assert.Equal(WriteOutcome.Committed, await Journals.WriteSliceAsync(head, id, i, Bytes(slices[i])));
        }

        return await Journals.CommitSnapshotAsync(head, id, start, expectedLast);
    }

    /// <summary>Truncates until there is nothing more to delete.</summary>
    protected async Task TruncateAsync(JournalHead head)
    {
        bool more;
        do
        {
            (var outcome, more) = await Journals.TruncateAsync(head);
            Assert.Equal(WriteOutcome.Committed, outcome);
        }
        while (more);
    }
}
