using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What became of one submitted entry, and how its player moved.</summary>
/// <param name="Status">applied, unchanged, duplicate, or why it failed.</param>
/// <param name="Message">What is wrong with an entry whose fields break a rule.</param>
internal readonly record struct SubmissionResult(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? PreviousScore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? PreviousRank,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Rank,
    string? Message = null)
{
    /// <summary>Whether its idempotency key was used before with another body.</summary>
    [JsonIgnore]
    public bool IsConflict => Status == ScoreErrors.LabelOf(ScoreStatus.Conflict);

    /// <summary>An entry that no season saw, or that moved nobody.</summary>
    public static SubmissionResult Failed(ScoreStatus status, string? message = null) =>
        new(ScoreErrors.LabelOf(status), null, null, null, null, message);

    /// <summary>An entry with its outcome.</summary>
    public static SubmissionResult Of(ScoreStatus status, ScoreStanding standing) =>
        new(ScoreErrors.LabelOf(status), standing.PreviousScore, standing.Score, standing.PreviousRank, standing.Rank);
}
