namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of seasons.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record SeasonListBody(int Total, IReadOnlyList<SeasonBody> Seasons);
