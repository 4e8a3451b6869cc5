using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What a grain's refusal is in HTTP.</summary>
internal static class Refusals
{
    /// <summary>The answer to an outcome other than Ok.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="what">What it was about, as a sentence's subject: <c>Leaderboard 'weekly'</c>.</param>
    /// <param name="mistakes">Of an Invalid one; the first says why in a Conflict, too.</param>
    public static Reply Of(OutcomeStatus status, string what, IReadOnlyList<Mistake>? mistakes = null) => status switch
    {
        OutcomeStatus.Invalid => Reply.Invalid(mistakes ?? []),
        OutcomeStatus.NotFound => Reply.NotFound(what),
        OutcomeStatus.Conflict => Reply.Error(
            StatusCodes.Status409Conflict, mistakes is { Count: > 0 } ? mistakes[0].Message : $"{what} already exists"),
        OutcomeStatus.NotActive => Reply.Error(StatusCodes.Status409Conflict, $"{what} is not active"),
        _ => Reply.Unavailable,
    };

    /// <summary>The same for a page of a list, where only the offset can be wrong: deep pages cost too much.</summary>
    public static Reply OfList(OutcomeStatus status) => Of(status, "The list", [new("offset", "offset reaches too deep into the list")]);
}
