using Laurel.GrainInterfaces;
using Laurel.Ranking;
using Laurel.Storage;

namespace Laurel.Bench.Macro;

/// <summary>A season's state without a grain around it or a store below it.</summary>
internal sealed class SeasonLoop
{
    /// <summary>Batches that go into the journal as one blob: what waits while a commit is under way.</summary>
    public const int BatchesPerBlob = 8;

    private readonly SeasonState _state = new(new SeasonRules(Direction.Descending, Aggregation.Last, LeastListed: null));
    private readonly int[] _slots = new int[BatchMaker.BatchSize];
    private int _batches;

    /// <summary>Gives each subject an entry.</summary>
    public SeasonLoop(int subjects, BatchMaker maker)
    {
        for (var first = 0; first < subjects; first += BatchMaker.BatchSize)
        {
            var batch = maker.Following(first, BatchMaker.BatchSize);
            _state.Begin(batch.ReceivedAt);
            for (var i = 0; i < batch.Count; i++)
                _state.Submit(_state.Introduce(batch.IdOf(i), SubjectFlags.Registered, 1, []), batch.Scores[i], batch.AchievedAt[i]);
            End(batch);
        }
    }

    /// <summary>The last blob.</summary>
    public byte[] Blob { get; private set; } = [];

    /// <summary>Finds the subjects, and gives each its score and place: what every leaderboard has to do.</summary>
    public int Upsert(ScoreBatch batch)
    {
        _state.Board.Find(batch.Ids, batch.IdEnds, _slots);
        for (var i = 0; i < batch.Count; i++)
            _state.Board.Place(_slots[i], batch.Scores[i], batch.AchievedAt[i]);
        return batch.Count;
    }

    /// <summary>The same, with the board's aggregation, pre-images for a roll-back, and the journal's records.</summary>
    public int Submit(ScoreBatch batch)
    {
        _state.Begin(batch.ReceivedAt);
        _state.Board.Find(batch.Ids, batch.IdEnds, _slots);
        for (var i = 0; i < batch.Count; i++)
            _state.Submit(_slots[i], batch.Scores[i], batch.AchievedAt[i]);
        End(batch);
        return batch.Count;
    }

    private void End(ScoreBatch batch)
    {
        _state.End(batch.RequestId, [], batch.ReceivedAt);
        if (++_batches % BatchesPerBlob != 0)
            return;
        var set = _state.Detach();
        var blob = set.ToBlob();
        if (Blob.Length != blob.Length)
            Blob = blob.ToArray();
        _state.Confirm(set);
    }
}
