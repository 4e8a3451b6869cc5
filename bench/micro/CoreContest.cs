using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>Lets the board and Redis take turns at the same work.</summary>
internal sealed class CoreContest(int rounds, int updates, TimeProvider clock)
{
    private readonly string? _redis = Programs.Find("redis-server");

    public bool HasRedis => _redis is not null;

    /// <summary>Measures boards of these sizes with one kind of scores. All of them take turns.</summary>
    public async Task<IReadOnlyList<CoreResult>> RunAsync(IReadOnlyList<int> sizes, ScoreKind kind)
    {
        var pairs = new List<Pair>();
        try
        {
            foreach (var entries in sizes)
            {
                var redis = _redis is null ? null : await RedisContestant.StartAsync(_redis, entries, kind, clock);
                pairs.Add(new Pair(entries, new BoardContestant(entries, kind), redis));
            }

            // The first turns compile the code and let the order settle.
            for (var i = 0; i < 3; i++)
                pairs.ForEach(pair => pair.Board.Upsert(updates));

            for (var round = 0; round < rounds; round++)
                pairs.ForEach(TakeTurns);

            return pairs.ConvertAll(pair => ResultOf(pair, kind));
        }
        finally
        {
            foreach (var pair in pairs)
                await (pair.Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private void TakeTurns(Pair pair)
    {
        if (pair.Redis is { } redis)
            pair.Theirs.Add(redis.Upsert(updates).TotalMicroseconds / updates);

        var before = Environment.CpuUsage.TotalTime;
        pair.Board.Upsert(updates);
        pair.Ours.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / updates);
    }

    private CoreResult ResultOf(Pair pair, ScoreKind kind)
    {
        var laurel = new CoreCost(Figures.Median(pair.Ours), pair.Board.Board.AllocatedBytes / (double)pair.Entries);
        return pair.Redis is not { } redis
            ? new CoreResult(pair.Entries, kind, laurel, null, 0)
            : new CoreResult(
                pair.Entries, kind, laurel, new CoreCost(Figures.Median(pair.Theirs), redis.BytesPerEntry),
                redis.Idle(updates).TotalMicroseconds / updates);
    }

    private sealed record Pair(int Entries, BoardContestant Board, RedisContestant? Redis)
    {
        public List<double> Ours { get; } = [];

        public List<double> Theirs { get; } = [];
    }
}
