using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads the bodies of season routes.</summary>
internal static class SeasonFields
{
    /// <summary>The season to be opened; null after a mistake.</summary>
    public static OpenSeason? ReadNew(ObjectReader body)
    {
        var id = body.RequiredSlug("season_id");
        var start = body.Instant("starts_at");
        var end = body.Instant("ends_at");
        body.RefuseOthers();
        if (start >= end)
            body.Add("ends_at", "ends_at must be later than starts_at");
        return id is null || body.Mistakes.Count > 0 ? null : new(id, ToInstant(start), ToInstant(end), RequestIds.Next());
    }

    private static DateTimeOffset? ToInstant(long? micros) => micros is { } value ? Timestamps.ToDateTimeOffset(value) : null;
}
