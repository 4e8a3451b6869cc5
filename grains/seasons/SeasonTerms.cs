using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>What a season works by: its board's configuration, and what may change while it is open.</summary>
internal sealed class SeasonTerms
{
    private readonly SubmissionConfig _submission;
    private readonly long? _startsAt;
    private readonly long? _endsAt;

    public SeasonTerms(LeaderboardRecord record, SeasonInfo season)
    {
        var config = record.Config;
        Rules = new SeasonRules(config.Ranking.ToDirection(), config.Scoring.ToAggregation(), config.Ranking.MinScore);
        Size = config.Ranking.Size;
        _submission = config.Submission;
        IsStrict = config.Submission.Registry == "strict";
        _startsAt = season.StartsAt is { } starts ? Timestamps.From(starts) : null;
        EndsAt = season.EndsAt;
        _endsAt = season.EndsAt is { } ends ? Timestamps.From(ends) : null;
        Status = record.Status;
        IsDeleted = record.Deleted;
        Version = record.Version;
    }

    private SeasonTerms(SeasonTerms former, SeasonOrders orders)
    {
        Rules = former.Rules;
        Size = former.Size;
        _submission = former._submission;
        IsStrict = former.IsStrict;
        _startsAt = former._startsAt;
        EndsAt = orders.EndsAt;
        _endsAt = orders.EndsAt is { } ends ? Timestamps.From(ends) : null;
        Status = orders.Status;
        IsDeleted = orders.Deleted;
        Version = orders.Version;
    }

    public SeasonRules Rules { get; }

    /// <summary>How many places are listed.</summary>
    public int Size { get; }

    /// <summary>Whether only registered players get to stand here.</summary>
    public bool IsStrict { get; }

    /// <summary>The board's status.</summary>
    public LeaderboardStatus Status { get; }

    /// <summary>The first instant after the season; null for none.</summary>
    public DateTimeOffset? EndsAt { get; }

    /// <summary>Whether the board is gone.</summary>
    public bool IsDeleted { get; }

    /// <summary>The version of the board's record that these are of.</summary>
    public int Version { get; }

    public SeasonTerms With(SeasonOrders orders) => new(this, orders);

    /// <summary>Whether a write received then may be taken; Ok when it may.</summary>
    public OutcomeStatus Judge(long receivedAt) =>
        Status != LeaderboardStatus.Active ? OutcomeStatus.NotActive
        : receivedAt < _startsAt || receivedAt >= _endsAt ? OutcomeStatus.WrongWindow
        : OutcomeStatus.Ok;

    /// <summary>Whether all of these instants belong to the season.</summary>
    public bool Covers(ReadOnlySpan<long> instants)
    {
        foreach (var instant in instants)
        {
            if (instant < _startsAt || instant >= _endsAt)
                return false;
        }

        return true;
    }

    /// <summary>Whether the board takes such a score.</summary>
    public bool Accepts(double score) => !(score < _submission.MinScore) && !(score > _submission.MaxScore);
}
