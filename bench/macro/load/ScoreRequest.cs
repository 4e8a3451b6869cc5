using System.Diagnostics;
using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Bench.Macro;

/// <summary>
/// One connection's request, made once and then changed in place: ids, scores and times have fixed widths, so that the next request
/// costs little more than its digits.
/// </summary>
internal sealed class ScoreRequest
{
    private const string IdPrefix = "player-";
    private const int Digits = 9;
    private const int LeastScore = 100_000_000;
    private const int MostScore = 999_999_999;

    private readonly LoadPlan _plan;
    private readonly Random _random;
    private readonly byte[] _bytes;
    private readonly byte[][] _keys;
    private readonly int _keyOffset;
    private readonly int[] _items;
    private readonly int _idOffset;
    private readonly int _scoreOffset;
    private readonly int _timeOffset;

    /// <param name="plan">What to send.</param>
    /// <param name="seed">Of this connection.</param>
    public ScoreRequest(LoadPlan plan, int seed)
    {
        (_plan, _random) = (plan, new Random(seed));
        var item = $$"""{"userId":"{{SubjectId(0)}}","score":{{LeastScore}},"timestamp":"{{Timestamps.FormatMilliseconds(0)}}"}""";
        _idOffset = item.IndexOf(IdPrefix, StringComparison.Ordinal) + IdPrefix.Length;
        _scoreOffset = item.IndexOf($"{LeastScore}", StringComparison.Ordinal);
        _timeOffset = item.IndexOf(Timestamps.FormatMilliseconds(0), StringComparison.Ordinal);

        var body = plan.BatchSize == 0 ? "" : $$"""{"scores":[{{string.Join(',', Enumerable.Repeat(item, plan.BatchSize))}}]}""";
        var head = Head(plan, body.Length);
        _keys = [.. plan.Keys.Select(Encoding.ASCII.GetBytes)];
        _keyOffset = plan.Keys is [var first, ..] ? head.IndexOf(first, StringComparison.Ordinal) : 0;
        _bytes = Encoding.ASCII.GetBytes(head + body);
        var start = head.Length + body.IndexOf('[') + 1;
        _items = [.. Enumerable.Range(0, plan.BatchSize).Select(index => start + index * (item.Length + 1))];
    }

    /// <summary>16 characters.</summary>
    public static string SubjectId(int subject) => FormattableString.Invariant($"{IdPrefix}{subject:D9}");

    /// <summary>Nine digits.</summary>
    public static int RandomScore(Random random) => random.Next(LeastScore, MostScore + 1);

    /// <summary>Makes the request of that number.</summary>
    /// <param name="number">From 0, over all connections.</param>
    /// <param name="now">Microseconds since the Unix epoch.</param>
    /// <returns>Good until the next one is made.</returns>
    public ReadOnlyMemory<byte> Make(long number, long now)
    {
        Span<byte> time = stackalloc byte[Timestamps.MillisecondsLength];
        Timestamps.WriteMilliseconds(now, time);
        if (_keys.Length > 0)
            _keys[number % _keys.Length].CopyTo(_bytes, _keyOffset);
        for (var i = 0; i < _items.Length; i++)
        {
            var item = _bytes.AsSpan(_items[i]);
            var subject = _plan.InOrder ? (int)((number * _plan.BatchSize + i) % _plan.Subjects) : _random.Next(_plan.Subjects);
            WriteDigits(item.Slice(_idOffset, Digits), subject);
            WriteDigits(item.Slice(_scoreOffset, Digits), RandomScore(_random));
            time.CopyTo(item[_timeOffset..]);
        }

        return _bytes;
    }

    private static string Head(LoadPlan plan, int length)
    {
        var head = new StringBuilder(plan.BatchSize == 0 ? "GET " : "POST ").Append(plan.Path).Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if ((plan.Key ?? plan.Keys.FirstOrDefault()) is { } key)
            head.Append("X-API-Key: ").Append(key).Append("\r\n");
        if (plan.Bearer is not null)
            head.Append("Authorization: Bearer ").Append(plan.Bearer).Append("\r\n");
        if (plan.BatchSize > 0)
            head.Append("Content-Type: application/json\r\nContent-Length: ").Append(length).Append("\r\n");
        return head.Append("\r\n").ToString();
    }

    private static void WriteDigits(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + number % 10);
            number /= 10;
        }

        Debug.Assert(number == 0, "the number has more digits than there is room for");
    }
}
