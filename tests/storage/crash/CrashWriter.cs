using System.Text;
using Laurel.Storage.Postgres;
using Laurel.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>
/// A process to be killed: writes journals and a record each as fast as it can, and says a line on its standard output for every write
/// that was committed: <c>journal sequence</c>, or <c>journal v version</c>.
/// </summary>
public static class CrashWriter
{
    /// <summary>The journals it writes.</summary>
    public static readonly string[] Journals = [.. Enumerable.Range(0, 8).Select(i => $"crash/{i}")];

    private const int AppendsBetweenSnapshots = 40;

    /// <summary>Never returns, but for a failure.</summary>
    /// <param name="target"><c>sqlite DIRECTORY</c>, or <c>postgres CONNECTION-STRING SCHEMA</c>.</param>
    public static async Task<int> RunAsync(string[] target)
    {
        await using var store = await OpenAsync(target);
        var output = Console.Out;
        var journals = Journals.Select(name => WriteJournalAsync(store, name, output));
        var records = Journals.Select(name => WriteRecordAsync(store, name, output));
        await Task.WhenAll([.. journals, .. records]);
        return 1;
    }

    private static async Task<IStore> OpenAsync(string[] target) => target switch
    {
        ["sqlite", var directory] => await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = directory }, TimeProvider.System, NullLoggerFactory.Instance),
        ["postgres", var connection, var schema] => await PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = connection, Schema = schema }, TimeProvider.System, NullLoggerFactory.Instance),
        _ => throw new ArgumentException("Say sqlite DIRECTORY, or postgres CONNECTION-STRING SCHEMA.", nameof(target)),
    };

    private static async Task WriteJournalAsync(IStore store, string journal, TextWriter output)
    {
        var head = await store.Journals.OpenAsync(journal);
        var last = head.LastSequence;
        while (true)
        {
            for (var i = 0; i < AppendsBetweenSnapshots; i++)
            {
                Expect(await store.Journals.AppendAsync(new JournalAppend
                {
                    Head = head,
                    ExpectedLast = last,
                    NewLast = last + 1,
                    Data = CrashPayload.Of(journal, last + 1),
                }));
                output.WriteLine($"{journal} {++last}");
            }

            Expect(await store.Journals.WriteSliceAsync(head, last, 0, Encoding.UTF8.GetBytes($"{journal} {last}")));
            Expect(await store.Journals.CommitSnapshotAsync(head, last, last, last));
            Expect((await store.Journals.TruncateAsync(head)).Outcome);
        }
    }

    private static async Task WriteRecordAsync(IStore store, string key, TextWriter output)
    {
        var version = (await store.Records.GetAsync(key))?.Version ?? 0;
        while (true)
        {
            Expect(await store.Records.CommitAsync([new(key, version, CrashPayload.Of(key, version + 1))]));
            output.WriteLine($"{key} v {++version}");
        }
    }

    private static void Expect(WriteOutcome outcome)
    {
        if (outcome != WriteOutcome.Committed)
        {
            throw new InvalidOperationException($"A write ended as {outcome}.");
        }
    }
}
