using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>Lets the board and Redis take turns at the same work.</summary>
internal sealed class CoreContest(int rounds, int updates, TimeProvider clock)
{
    private readonly string? _redis = Programs.Find("redis-server");

    public bool HasRedis => _redis is not null;

    /// <summary>Measures one size and kind of scores.</summary>
    public async Task<CoreResult> RunAsync(int entries, ScoreKind kind)
    {
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

        var laurel = new CoreCost(Figures.Median(ours), board.Board.AllocatedBytes / (double)entries);
        return redis is null
            ? new CoreResult(entries, kind, laurel, null, 0)
            : new CoreResult(
                entries, kind, laurel, new CoreCost(Figures.Median(theirs), redis.BytesPerEntry), redis.Idle(updates).TotalMicroseconds / updates);
    }
}
