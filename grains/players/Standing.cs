using System.Globalization;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// That a subject stands in a season, and which version of the register's record that season was told when it asked: whether the
/// subject of before or of after an erasure stands there. A season that asks again after a change has a further one.
/// </summary>
/// <remarks>
/// The version is part of the key: whoever forgets the standings of before an erasure cannot touch one made after it, even if it
/// comes late.
/// </remarks>
/// <param name="Key">The record's; it is empty.</param>
/// <param name="Season">The season's key.</param>
/// <param name="Told">The version of the subject's record.</param>
internal readonly record struct Standing(string Key, string Season, long Told)
{
    private const int PageSize = 1000;

    /// <summary>The write that keeps a standing.</summary>
    public static RecordWrite Keep(string tenant, string userId, string season, long told) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{RecordKeys.Standing(tenant, userId, season)}/{told}"), null, []);

    /// <summary>All standings of a subject: a read of the store for each thousand.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public static async Task<List<Standing>> ListAsync(IRecordStore records, string tenant, string userId)
    {
        var prefix = RecordKeys.StandingsOf(tenant, userId);
        List<Standing> standings = [];
        while (true)
        {
            var page = await records.ListAsync(prefix, standings.Count == 0 ? null : standings[^1].Key, PageSize);
            standings.AddRange(page.Select(stored => Parse(stored.Key, prefix.Length)));
            if (page.Count < PageSize)
                return standings;
        }
    }

    private static Standing Parse(string key, int prefixLength)
    {
        var slash = key.LastIndexOf('/');
        var season = RecordKeys.Unescape(key.AsSpan(prefixLength, slash - prefixLength));
        return new(key, season, long.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
