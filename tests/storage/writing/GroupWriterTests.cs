using Laurel.Storage.Writing;

namespace Laurel.Storage.Tests;

/// <summary>The writer over a committer that does as it is told.</summary>
public sealed class GroupWriterTests
{
    private static readonly JournalHead Head = new(1, 1, 0, 0, null, 0);

    [Fact]
    public async Task What_waits_while_a_group_is_committed_is_the_next_group_within_its_bounds()
    {
        using var committer = new ScriptedCommitter();
        await using var writer = new GroupWriter("test", committer, new WriterOptions { GroupRows = 20, GroupBytes = 1000 });
        var first = writer.Submit(Append(1));
        await committer.Committing.WaitAsync();

        // Ten of two rows each fill a group; a large one stands alone.
        var small = Enumerable.Range(0, 15).Select(_ => writer.Submit(Append(1)));
        Task<WriteOutcome>[] rest = [.. small, writer.Submit(Append(5000)), writer.Submit(Append(1))];
        committer.Proceed.Release(100);
        await Task.WhenAll([first, .. rest]);

        Assert.Equal([1, 10, 5, 1, 1], committer.Groups);
    }

    [Fact]
    public async Task A_defect_of_the_committer_leaves_the_outcome_unknown_and_the_writer_alive()
    {
        using var committer = new ScriptedCommitter { Defect = new InvalidOperationException("a defect") };
        await using var writer = new GroupWriter("test", committer, new WriterOptions());
        committer.Proceed.Release(100);

        Assert.Equal(WriteOutcome.Unknown, await writer.Submit(Append(1)));
        Assert.Same(committer.Defect, committer.Reported);

        committer.Defect = null;
        Assert.Equal(WriteOutcome.Committed, await writer.Submit(Append(1)));
    }

    [Fact]
    public async Task Past_the_deadline_what_is_in_flight_is_unknown_and_what_waits_has_failed_and_never_reaches_the_database()
    {
        using var committer = new ScriptedCommitter();
        var writer = new GroupWriter("test", committer, new WriterOptions { Deadline = TimeSpan.FromSeconds(1) });
        var inFlight = writer.Submit(Append(1));
        await committer.Committing.WaitAsync();
        var waiting = writer.Submit(Append(1));

        Assert.Equal(WriteOutcome.Unknown, await inFlight);
        Assert.Equal(WriteOutcome.Failed, await waiting);

        committer.Proceed.Release(100);
        await writer.DisposeAsync();
        Assert.Equal([1], committer.Groups);
    }

    [Theory]
    [InlineData(WriteOutcome.Committed, WriteOutcome.Committed, WriteOutcome.Lost)]
    [InlineData(WriteOutcome.Failed, WriteOutcome.Failed, WriteOutcome.Failed)]
    [InlineData(WriteOutcome.Unknown, WriteOutcome.Unknown, WriteOutcome.Failed)]
    public async Task A_transactions_end_decides_over_what_was_proposed_in_it(WriteOutcome end, WriteOutcome winner, WriteOutcome loser)
    {
        var (wins, loses) = (Append(1), Append(1));
        wins.Propose(WriteOutcome.Committed);
        loses.Propose(WriteOutcome.Lost);

        WriteRequest.ConcludeAll([wins, loses], end);

        Assert.Equal((winner, loser), (await wins.Outcome, await loses.Outcome));
    }

    private static WriteRequest.Append Append(int bytes) =>
        new(new JournalAppend { Head = Head, ExpectedLast = 0, NewLast = 1, Data = new byte[bytes] });

    /// <summary>Commits all, one group for each release of <see cref="Proceed"/>.</summary>
    private sealed class ScriptedCommitter : IGroupCommitter
    {
        public SemaphoreSlim Committing { get; } = new(0);

        public SemaphoreSlim Proceed { get; } = new(0);

        public List<int> Groups { get; } = [];

        public Exception? Defect { get; set; }

        public Exception? Reported { get; private set; }

        public void Commit(IReadOnlyList<WriteRequest> group)
        {
            Committing.Release();
            Proceed.Wait();
            Groups.Add(group.Count);
            if (Defect is not null)
            {
                throw Defect;
            }

            foreach (var request in group)
            {
                request.Propose(WriteOutcome.Committed);
            }

            WriteRequest.ConcludeAll(group, WriteOutcome.Committed);
        }

        public void Tend(bool idle)
        {
        }

        public void Report(Exception defect) => Reported = defect;

        public void Dispose()
        {
        }
    }
}
