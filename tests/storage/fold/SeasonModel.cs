using Laurel.Ranking;

namespace Laurel.Storage.Tests;

/// <summary>The obvious form of a season: a dictionary, sorted when asked, copied to remember a moment.</summary>
internal sealed class SeasonModel(SeasonRules rules)
{
    public Dictionary<string, Subject> Subjects { get; private init; } = [];

    public HashSet<Guid> Requests { get; private init; } = [];

    public long Sequence { get; set; }

    public long Delivered { get; set; }

    public bool IsSealed { get; set; }

    public SeasonModel Copy() => new(rules)
    {
        Subjects = new(Subjects),
        Requests = [.. Requests],
        Sequence = Sequence,
        Delivered = Delivered,
        IsSealed = IsSealed,
    };

    public AggregationResult Submit(string id, double score, long achievedAt, string? name, string? metadata, long now)
    {
        var subject = Subjects[id];
        EntryValue value;
        var result = subject.Value is { } current
            ? AggregationRules.Fold(rules.Aggregation, rules.Direction, current, score, achievedAt, out value)
            : AggregationRules.Open(rules.Aggregation, score, achievedAt, out value);
        var renamed = name is not null && name != subject.Name;
        if (result == AggregationResult.NotFinite || (result == AggregationResult.Unchanged && !renamed))
            return result;
        Subjects[id] = subject with
        {
            Value = value,
            Name = name ?? subject.Name,
            Metadata = result == AggregationResult.Applied && metadata is not null ? metadata : subject.Metadata,
            CreatedAt = subject.Value is null ? now : subject.CreatedAt,
            UpdatedAt = now,
        };
        return result;
    }

    public string[] Order() =>
    [
        .. Subjects
            .Where(pair => pair.Value.Value is { } value && (pair.Value.Flags & SubjectFlags.Hidden) == 0
                && !(value.Score < rules.LeastListed))
            .OrderBy(pair => rules.Direction == Direction.Descending ? -pair.Value.Value!.Value.Score : pair.Value.Value!.Value.Score)
            .ThenBy(pair => pair.Value.Value!.Value.AchievedAt)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key),
    ];

    public sealed record Subject(
        SubjectFlags Flags, long FactsVersion, string Name, EntryValue? Value = null, string Metadata = "", long CreatedAt = 0, long UpdatedAt = 0);
}
