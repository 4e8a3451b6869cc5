using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>Times of this family: ISO 8601 with milliseconds and <c>Z</c>.</summary>
internal static class Instants
{
    public static string Text(DateTimeOffset at) => Timestamps.FormatMilliseconds(Timestamps.From(at));
}
