using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>Lets the board and Redis take turns at the same work.</summary>
internal sealed class CoreContest(int rounds, int updates, TimeProvider clock)
{
    private static readonly string[] Columns =
        ["entries", "scores", "Redis µs", "its loop alone", "Laurel µs", "faster", "Redis bytes", "Laurel bytes", "memory"];

    private readonly string? _redis = Programs.Find("redis-server");

    public bool HasRedis => _redis is not null;

    /// <summary>One row for each size and kind of scores.</summary>
    public async Task<Table> RunAsync(int[] sizes, ScoreKind[] kinds)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var kind in kinds)
        {
            foreach (var entries in sizes)
                rows.Add(await RunAsync(entries, kind));
        }

        return new Table("Update a subject by its id and get its new rank", Columns, rows, "Bytes are per entry with ids of 16 bytes, after the updates.");
    }

    private async Task<string[]> RunAsync(int entries, ScoreKind kind)
    {
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var board = new BoardContestant(entries, kind);
        await using var redis = _redis is null ? null : await RedisContestant.StartAsync(_redis, entries, kind, clock);

        // The first turns compile the code and let the order settle.
        for (var i = 0; i < 3; i++)
            board.Upsert(updates);

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            if (redis is not null)
                theirs.Add(redis.Upsert(updates).TotalMicroseconds / updates);
            var before = Environment.CpuUsage.TotalTime;
            board.Upsert(updates);
            ours.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / updates);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - heapBefore) / (double)entries;
        GC.KeepAlive(board);
        var mine = Figures.Median(ours);
        string[] name = [Figures.Whole(entries), kind.ToString()];
        if (redis is null)
            return [.. name, "–", "–", Figures.Fine(mine), "–", "–", Figures.Fine(bytes), "–"];

        var its = Figures.Median(theirs);
        var idle = redis.Idle(updates).TotalMicroseconds / updates;
        return
        [
            .. name, Figures.Fine(its), Figures.Fine(idle), Figures.Fine(mine), Figures.Times(its / mine),
            Figures.Fine(redis.BytesPerEntry), Figures.Fine(bytes), Figures.Times(bytes / redis.BytesPerEntry),
        ];
    }
}
