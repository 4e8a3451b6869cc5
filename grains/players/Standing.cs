using System.Buffers.Binary;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// That a subject stands in a season, and which version of the register's record that season was told when it last asked: whether the
/// subject of before or of after an erasure stands there.
/// </summary>
/// <param name="Key">The record's.</param>
/// <param name="Season">The season's key.</param>
/// <param name="Told">The version of the subject's record.</param>
/// <param name="Version">The standing's own: it rises when the season asks again.</param>
internal readonly record struct Standing(string Key, string Season, long Told, long Version)
{
    private const int PageSize = 1000;

    /// <summary>The write that keeps a standing, new or told anew.</summary>
    public static RecordWrite Keep(string tenant, string userId, string season, long told)
    {
        var data = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(data, told);
        return new(RecordKeys.Standing(tenant, userId, season), null, data);
    }

    /// <summary>The write that takes one back that was kept for somebody who may not stand there.</summary>
    public static RecordWrite TakeBack(string tenant, string userId, string season) => new(RecordKeys.Standing(tenant, userId, season), null, null);

    /// <summary>All standings of a subject: a read of the store for each thousand.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public static async Task<List<Standing>> ListAsync(IRecordStore records, string tenant, string userId)
    {
        var prefix = RecordKeys.StandingsOf(tenant, userId);
        List<Standing> standings = [];
        while (true)
        {
            var page = await records.ListAsync(prefix, standings.Count == 0 ? null : standings[^1].Key, PageSize);
            foreach (var stored in page)
            {
                var season = RecordKeys.Unescape(stored.Key.AsSpan(prefix.Length));
                standings.Add(new(stored.Key, season, BinaryPrimitives.ReadInt64LittleEndian(stored.Data), stored.Version));
            }

            if (page.Count < PageSize)
                return standings;
        }
    }
}
