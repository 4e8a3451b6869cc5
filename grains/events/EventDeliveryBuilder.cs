using System.Buffers;
using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>Gathers what one season gets of a round.</summary>
internal sealed class EventDeliveryBuilder
{
    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly List<int> _idEnds = [];
    private readonly List<double> _scores = [];
    private readonly List<long> _timestamps = [];
    private readonly List<long> _positions = [];
    private readonly List<ScoreExtra?> _extras = [];
    private bool _hasExtras;

    public void Add(in EventMatch match)
    {
        var source = new EventReader(match.Request.Events.AsSpan(match.Offset));
        _ids.Write(source.Actor);
        _idEnds.Add(_ids.WrittenCount);
        _scores.Add(match.Points);
        _timestamps.Add(match.Timestamp);
        _positions.Add(match.Position);
        var extra = source.HasName || source.HasMetadata
            ? new ScoreExtra(
                source.HasName ? Encoding.UTF8.GetString(source.Name) : null,
                source.HasMetadata ? Encoding.UTF8.GetString(source.Metadata) : null,
                null)
            : null;
        _extras.Add(extra);
        _hasExtras |= extra is not null;
    }

    /// <param name="source">The intake's key.</param>
    /// <param name="now">Microseconds since the Unix epoch.</param>
    public EventDelivery Build(string source, long now) => new(source, [.. _positions], new ScoreBatch
    {
        RequestId = default,
        ReceivedAt = now,
        Ids = _ids.WrittenSpan.ToArray(),
        IdEnds = [.. _idEnds],
        Scores = [.. _scores],
        AchievedAt = [.. _timestamps],
        Extras = _hasExtras ? [.. _extras] : null,
    });
}
