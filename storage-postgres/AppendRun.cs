using Laurel.Storage.Writing;

namespace Laurel.Storage.Postgres;

/// <summary>Appends that one statement can execute: a chain for each journal, and no mark twice.</summary>
internal sealed class AppendRun
{
    private readonly Dictionary<long, Chain> _chains = [];
    private readonly HashSet<(string Scope, string Key)> _keys = [];

    /// <summary>The chains, in no particular order: no two concern the same journal.</summary>
    public IReadOnlyCollection<Chain> Chains => _chains.Values;

    /// <summary>The marks of all appends, with their journals.</summary>
    public List<(long Journal, Mark Mark)> Marks { get; } = [];

    /// <summary>How many appends there are.</summary>
    public int Appends { get; private set; }

    /// <summary>
    /// The run that a group is, when one statement settles it all: appends without marks, no two to the same journal. Null when it is more.
    /// </summary>
    public static AppendRun? OfWhole(IReadOnlyList<WriteRequest> group)
    {
        var run = new AppendRun();
        foreach (var request in group)
        {
            if (request is not WriteRequest.Append append || append.What.Marks.Count > 0 || !run.TryAdd(append))
            {
                return null;
            }
        }

        return run.Chains.Count == run.Appends ? run : null;
    }

    /// <summary>Adds an append; false, and nothing added, when it has to go into another run.</summary>
    public bool TryAdd(WriteRequest.Append append)
    {
        var what = append.What;
        var known = _chains.TryGetValue(what.Head.Id, out var chain);
        if ((known && !chain!.Continues(what)) || !TryAddMarks(what))
        {
            return false;
        }

        if (!known)
        {
            chain = new Chain(what.Head.Id, what.Head.Epoch, what.ExpectedLast);
            _chains.Add(what.Head.Id, chain);
        }

        chain!.Add(append);
        Appends++;
        return true;
    }

    private bool TryAddMarks(JournalAppend append)
    {
        if (append.Marks.Count == 0)
        {
            return true;
        }

        var keys = append.Marks.Select(mark => (mark.Scope, Convert.ToHexString(mark.Key.Span))).ToHashSet();
        if (keys.Count < append.Marks.Count || _keys.Overlaps(keys))
        {
            return false;
        }

        _keys.UnionWith(keys);
        Marks.AddRange(append.Marks.Select(mark => (append.Head.Id, mark)));
        return true;
    }

    /// <summary>Appends of one journal of which each begins where the one before ends.</summary>
    internal sealed class Chain(long journal, long epoch, long expectedLast)
    {
        public long Journal { get; } = journal;

        public long Epoch { get; } = epoch;

        public long ExpectedLast { get; } = expectedLast;

        public long NewLast { get; private set; }

        public List<WriteRequest.Append> Appends { get; } = [];

        public bool Continues(JournalAppend append) => append.Head.Epoch == Epoch && append.ExpectedLast == NewLast;

        public void Add(WriteRequest.Append append)
        {
            Appends.Add(append);
            NewLast = append.What.NewLast;
        }

        public void Propose(WriteOutcome outcome)
        {
            foreach (var append in Appends)
            {
                append.Propose(outcome);
            }
        }
    }
}
