using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Ranking;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Adjusts the scores of a season in one turn: first all are worked out, then all are applied, so that nothing changes when one of them
/// cannot be. A board that sums is submitted the difference, every other one the score worked out: with the aggregation <c>last</c> that
/// becomes the score.
/// </summary>
internal readonly ref struct Adjustments(SeasonState state, SeasonTerms terms, AdjustScores request)
{
    /// <summary>Works all out; null when a subject has no entry.</summary>
    /// <param name="isValid">Whether the board takes all of the scores.</param>
    /// <returns>What is to be submitted, in order.</returns>
    public List<(int Slot, double Score)>? WorkOut(out bool isValid)
    {
        isValid = true;
        Dictionary<int, double> present = [];
        List<(int Slot, double Score)> results = [];
        foreach (var adjustment in request.Adjustments)
        {
            var slot = state.Board.Find(Encoding.UTF8.GetBytes(adjustment.UserId));
            if (slot < 0 || (state.FlagsOf(slot) & (SubjectFlags.Scored | SubjectFlags.Forgotten)) != SubjectFlags.Scored)
                return null;
            var before = present.TryGetValue(slot, out var known) ? known : state.Board.ScoreOf(slot);
            var score = adjustment.Kind switch
            {
                AdjustmentKind.Add => before + adjustment.Amount,
                AdjustmentKind.Subtract => before - adjustment.Amount,
                _ => adjustment.Amount,
            };
            isValid &= double.IsFinite(score) && terms.Accepts(score);
            present[slot] = score;
            results.Add((slot, terms.Rules.Aggregation == Aggregation.Sum ? score - before : score));
        }

        return results;
    }

    /// <summary>Applies what was worked out.</summary>
    public AdjustmentsOutcome Apply(IReadOnlyList<(int Slot, double Score)> results)
    {
        var scores = new AdjustedScore[results.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var (slot, score) = results[i];
            // Worked out from the present score, so it comes after that, whatever another gateway's clock said.
            state.Submit(slot, score, Math.Max(request.ReceivedAt, state.Board.TimeOf(slot)));
            var name = state.NameOf(slot);
            scores[i] = new AdjustedScore(request.Adjustments[i].UserId, name.IsEmpty ? null : Encoding.UTF8.GetString(name), state.Board.ScoreOf(slot));
        }

        return new AdjustmentsOutcome(OutcomeStatus.Ok, scores);
    }
}
