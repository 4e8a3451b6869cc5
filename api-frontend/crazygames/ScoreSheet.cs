using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// The scores of one submission as they are read from its body: flat arrays, used again for one request after the other. Not
/// thread-safe.
/// </summary>
internal sealed class ScoreSheet
{
    /// <summary>The most scores a submission may have.</summary>
    public const int MaxScores = 100;

    // Enough for ids of usual length; few submissions need more, and few of them all that they may have.
    private const int FirstIdBytes = 4096;

    private byte[] _ids = new byte[FirstIdBytes];
    private readonly int[] _idEnds = new int[MaxScores];
    private readonly double[] _scores = new double[MaxScores];
    private readonly long[] _achievedAt = new long[MaxScores];
    private readonly Range[] _items = new Range[MaxScores];
    private readonly bool[] _valid = new bool[MaxScores];

    /// <summary>How many scores there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are well-formed.</summary>
    public int ValidCount { get; private set; }

    /// <summary>Where the next score's id goes; as long as the longest id.</summary>
    public Span<byte> NextId
    {
        get
        {
            var start = Count == 0 ? 0 : _idEnds[Count - 1];
            if (_ids.Length < start + UserId.MaxBytes)
                Array.Resize(ref _ids, Math.Max(2 * _ids.Length, start + UserId.MaxBytes));
            return _ids.AsSpan(start, UserId.MaxBytes);
        }
    }

    /// <summary>Where in the body the item's JSON text stands.</summary>
    public Range ItemAt(int index) => _items[index];

    /// <summary>Whether the item is a well-formed score.</summary>
    public bool IsValid(int index) => _valid[index];

    /// <summary>Whether it has the size of usual submissions, and is worth keeping.</summary>
    public bool IsSmall => _ids.Length == FirstIdBytes;

    /// <summary>Begins a new submission.</summary>
    public void Clear() => Count = ValidCount = 0;

    /// <summary>Adds a well-formed score, whose id has been written to <see cref="NextId"/>.</summary>
    public void Add(Range item, int idLength, double score, long achievedAt)
    {
        _scores[Count] = score;
        _achievedAt[Count] = achievedAt;
        ValidCount++;
        Append(item, idLength, true);
    }

    /// <summary>Adds an item that is no well-formed score.</summary>
    public void AddInvalid(Range item) => Append(item, 0, false);

    /// <summary>The scores as a batch that owns its memory. All of them must be well-formed.</summary>
    public ScoreBatch ToBatch(Guid requestId, long receivedAt) => new()
    {
        RequestId = requestId,
        ReceivedAt = receivedAt,
        Ids = _ids.AsSpan(0, _idEnds[Count - 1]).ToArray(),
        IdEnds = _idEnds.AsSpan(0, Count).ToArray(),
        Scores = _scores.AsSpan(0, Count).ToArray(),
        AchievedAt = _achievedAt.AsSpan(0, Count).ToArray(),
    };

    private void Append(Range item, int idLength, bool valid)
    {
        _idEnds[Count] = (Count == 0 ? 0 : _idEnds[Count - 1]) + idLength;
        _items[Count] = item;
        _valid[Count] = valid;
        Count++;
    }
}
