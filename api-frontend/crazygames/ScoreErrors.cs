using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>What the dialect calls each outcome.</summary>
internal static class ScoreErrors
{
    /// <summary>How many different outcomes there are.</summary>
    public const int Kinds = (int)ScoreStatus.InternalServerError + 1;

    /// <summary>Whether the score counts as submitted.</summary>
    public static bool IsSuccess(ScoreStatus status) => status <= ScoreStatus.Duplicate;

    /// <summary>The <c>type</c> of a failed score.</summary>
    public static ReadOnlySpan<byte> TypeOf(ScoreStatus status) => status switch
    {
        ScoreStatus.UserNotFound => "user-not-found"u8,
        ScoreStatus.PrivacyDisabled => "privacy-disabled"u8,
        ScoreStatus.Validation or ScoreStatus.Conflict => "validation"u8,
        ScoreStatus.NoActiveSeason => "no-active-season"u8,
        _ => "internal-server-error"u8,
    };

    /// <summary>The outcome's label in metrics.</summary>
    public static string LabelOf(ScoreStatus status) => status switch
    {
        ScoreStatus.Applied => "applied",
        ScoreStatus.Unchanged => "unchanged",
        ScoreStatus.Duplicate => "duplicate",
        ScoreStatus.UserNotFound => "user-not-found",
        ScoreStatus.PrivacyDisabled => "privacy-disabled",
        ScoreStatus.Validation => "validation",
        ScoreStatus.NoActiveSeason => "no-active-season",
        ScoreStatus.Conflict => "conflict",
        _ => "internal-server-error",
    };

    /// <summary>What becomes of every score of a batch that no season took.</summary>
    public static ScoreStatus OfRefusedBatch(OutcomeStatus status) => status switch
    {
        OutcomeStatus.NotFound or OutcomeStatus.NotActive or OutcomeStatus.WrongWindow => ScoreStatus.NoActiveSeason,
        _ => ScoreStatus.InternalServerError,
    };
}
