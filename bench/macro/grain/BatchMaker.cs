using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Bench.Macro;

/// <summary>Makes batches as the frontend hands them to a season.</summary>
/// <param name="subjects">How many there are to choose from.</param>
/// <param name="seed">Of the choice, and of the scores.</param>
/// <param name="clock">Stamps them.</param>
internal sealed class BatchMaker(int subjects, int seed, TimeProvider clock)
{
    /// <summary>Scores of a random batch.</summary>
    public const int BatchSize = 100;

    private static readonly byte[] IdTemplate = Encoding.ASCII.GetBytes(ScoreRequest.SubjectId(0));

    private readonly Random _random = new(seed);

    /// <summary>A batch of random subjects.</summary>
    public ScoreBatch Random() => Make(BatchSize, _ => _random.Next(subjects));

    /// <summary>A batch of neighbours in number, for the first time.</summary>
    public ScoreBatch Following(int first, int count) => Make(count, index => first + index);

    private ScoreBatch Make(int count, Func<int, int> subjectOf)
    {
        var now = Timestamps.Now(clock);
        var width = IdTemplate.Length;
        var (ids, ends, scores, times) = (new byte[count * width], new int[count], new double[count], new long[count]);
        for (var i = 0; i < count; i++)
        {
            var id = ids.AsSpan(i * width, width);
            IdTemplate.CopyTo(id);
            for (var (rest, digit) = (subjectOf(i), width - 1); rest > 0; rest /= 10)
                id[digit--] = (byte)('0' + rest % 10);
            ends[i] = (i + 1) * width;
            scores[i] = ScoreRequest.RandomScore(_random);
            times[i] = now;
        }

        return new ScoreBatch { RequestId = RequestIds.Next(), ReceivedAt = now, Ids = ids, IdEnds = ends, Scores = scores, AchievedAt = times };
    }
}
