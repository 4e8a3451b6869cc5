using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Ranking;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Applies one batch to a season, in order, in one turn. All that had to be waited for is at hand: slots, facts about newcomers, uses of
/// idempotency keys.
/// </summary>
internal readonly ref struct Submission(SeasonState state, SeasonTerms terms, IdempotencyKeys keys, ScoreBatch batch)
{
    public required int[] Slots { get; init; }

    public required Newcomers Newcomers { get; init; }

    public required IdempotencyKeys.Use?[]? Uses { get; init; }

    /// <summary>The first score that is applied; those before it were, some other time.</summary>
    public int First { get; init; }

    /// <summary>Whether the board's limits for direct submissions hold.</summary>
    public bool IsDirect { get; init; } = true;

    /// <summary>Applies it.</summary>
    /// <param name="sequence">The sequence that its changes will have.</param>
    /// <returns>The outcome. Statuses are null when all scores were applied, or changed nothing and nobody wants to know.</returns>
    public ScoreOutcomes Apply(long sequence)
    {
        state.PrefetchPlaces(Slots.AsSpan(First), batch.Scores.AsSpan(First), batch.AchievedAt.AsSpan(First));
        ScoreStatus[]? statuses = null;
        var standings = batch.WantStandings ? new ScoreStanding[batch.Count] : null;
        for (var i = First; i < batch.Count; i++)
        {
            var standing = default(ScoreStanding);
            var status = Uses is null ? Apply(i, ref standing) : ApplyOnce(i, ref standing);
            if (standings is not null)
                standings[i] = standing;
            if (status is ScoreStatus.Applied || (status is ScoreStatus.Unchanged && standings is null && statuses is null))
                continue;
            statuses ??= new ScoreStatus[batch.Count];
            statuses[i] = status;
        }

        return new ScoreOutcomes { Status = OutcomeStatus.Ok, Statuses = statuses, Standings = standings, Sequence = sequence };
    }

    /// <summary>One score that may have an idempotency key.</summary>
    private ScoreStatus ApplyOnce(int index, ref ScoreStanding standing)
    {
        if (batch.Extras![index] is not { IdempotencyKey: { } key } extra)
            return Apply(index, ref standing);

        if ((keys.UnderWay(key) ?? Uses![index]) is { } use)
        {
            if (use.Fingerprint != extra.Fingerprint)
                return ScoreStatus.Conflict;
            standing = use.Standing;
            return ScoreStatus.Duplicate;
        }

        var status = Apply(index, ref standing);
        if (status is ScoreStatus.Applied or ScoreStatus.Unchanged)
            keys.Keep(state.Pending, key, new IdempotencyKeys.Use(extra.Fingerprint, standing));
        return status;
    }

    private ScoreStatus Apply(int index, ref ScoreStanding standing)
    {
        var slot = Slots[index];
        if (slot < 0 && !TryIntroduce(index, out slot, out var refusal))
            return refusal;
        if ((state.FlagsOf(slot) & SubjectFlags.Hidden) != 0)
            return ScoreStatus.PrivacyDisabled;
        var score = batch.Scores[index];
        if (IsDirect && !terms.Accepts(score))
            return ScoreStatus.Validation;

        var extra = batch.Extras?[index];
        if (batch.WantStandings)
            standing = new ScoreStanding(ScoreOf(slot), null, RankOf(slot), null);
        var result = extra is null
            ? state.Submit(slot, score, batch.AchievedAt[index])
            : state.Submit(slot, score, batch.AchievedAt[index], Utf8(extra.Name), Utf8(extra.Metadata));
        if (batch.WantStandings)
            standing = standing with { Score = ScoreOf(slot), Rank = RankOf(slot) };

        return result switch
        {
            AggregationResult.Applied => ScoreStatus.Applied,
            AggregationResult.Unchanged => ScoreStatus.Unchanged,
            _ => ScoreStatus.Validation,
        };
    }

    /// <summary>A subject without a slot: it may have got one from an earlier score of the same batch.</summary>
    private bool TryIntroduce(int index, out int slot, out ScoreStatus refusal)
    {
        refusal = default;
        var id = batch.IdOf(index);
        slot = state.Board.Find(id);
        if (slot >= 0)
            return true;

        var facts = Newcomers.Of(Encoding.UTF8.GetString(id))!;
        if (terms.IsStrict && !facts.Registered)
        {
            refusal = ScoreStatus.UserNotFound;
            return false;
        }

        slot = state.Introduce(id, SubjectRegister.ToFlags(facts), facts.Version, Utf8(facts.Name));
        return true;
    }

    private double? ScoreOf(int slot) => (state.FlagsOf(slot) & SubjectFlags.Scored) != 0 ? state.Board.ScoreOf(slot) : null;

    private int? RankOf(int slot) => state.Board.RankOf(slot) is > 0 and var rank ? rank : null;

    private static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
