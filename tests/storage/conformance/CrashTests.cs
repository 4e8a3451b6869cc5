using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>A real process, really killed.</summary>
public abstract class CrashTests<TDatabase> : StoreTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    private const int Rounds = 4;

    [Fact]
    public async Task A_killed_process_keeps_every_acknowledged_write()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await Store.DisposeAsync();
        Dictionary<string, long> sequences = [];
        Dictionary<string, long> versions = [];
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await WriteUntilKilledAsync(random.Next(200, 1500));
            foreach (var line in acknowledged)
            {
                var words = line.Split(' ');
                (words.Length == 3 ? versions : sequences)[words[0]] = long.Parse(words[^1]);
            }

            await using var store = await Database.OpenAsync(Clock);
            foreach (var journal in CrashWriter.Journals)
            {
                await CheckJournalAsync(store, journal, sequences.GetValueOrDefault(journal));
                await CheckRecordAsync(store, journal, versions.GetValueOrDefault(journal));
            }
        }

        Assert.Equal(CrashWriter.Journals.Length, sequences.Count);
    }

    /// <summary>Lets a process write until it has acknowledged so many writes, kills it, and returns every line it had said.</summary>
    private async Task<List<string>> WriteUntilKilledAsync(int writes)
    {
        using var process = ChildProcess.Start(["write-until-killed", .. Database.Target]);
        List<string> lines = [];
        while (lines.Count < writes && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        Assert.Equal(writes, lines.Count);
        process.Kill();
        var rest = (await process.StandardOutput.ReadToEndAsync()).Split('\n');

        // The last line may be cut short, and then it says nothing.
        lines.AddRange(rest[..^1]);
        await process.WaitForExitAsync();
        return lines;
    }

    private static async Task CheckJournalAsync(IStore store, string journal, long acknowledged)
    {
        var head = await store.Journals.OpenAsync(journal);
        Assert.True(head.LastSequence >= acknowledged, $"{journal} ends at {head.LastSequence}, {acknowledged} was acknowledged");
        await foreach (var slice in store.Journals.ReadSnapshotAsync(head))
        {
            Assert.Equal($"{journal} {head.SnapshotSequence}", Encoding.UTF8.GetString(slice));
        }

        var next = head.SnapshotSequence;
        await foreach (var blob in store.Journals.ReadAsync(head))
        {
            Assert.Equal(++next, blob.LastSequence);
            Assert.True(CrashPayload.Of(journal, next).AsSpan().SequenceEqual(blob.Data), $"{journal} has another blob at {next}");
        }

        Assert.Equal(head.LastSequence, next);
    }

    private static async Task CheckRecordAsync(IStore store, string key, long acknowledged)
    {
        var record = await store.Records.GetAsync(key);
        Assert.True((record?.Version ?? 0) >= acknowledged, $"{key} is at {record?.Version}, {acknowledged} was acknowledged");
        Assert.True(record is null || CrashPayload.Of(key, record.Version).AsSpan().SequenceEqual(record.Data));
    }
}
