using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>
/// Writers that do not give up: each adds points to its own players, through whichever gateway answers, and keeps its own account of
/// what it was told. Half of them send idempotency keys and repeat a request until it is acknowledged, so that their account is exact;
/// the others never repeat one, so that what was not acknowledged may be there or not, each score once at the most.
/// </summary>
internal sealed class Writers
{
    private const int PlayersEach = 20;
    private const int BatchSize = 5;

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly RealCluster _cluster;
    private readonly string _board;
    private readonly string _key;
    private readonly CancellationTokenSource _enough = new();
    private readonly Task[] _running;
    private readonly Dictionary<string, (double Sure, double Possible)> _account = [];
    private readonly List<string> _failures = [];
    private readonly long[] _lastAt;
    private long _acknowledged;
    private long _longestPause;

    public Writers(RealCluster cluster, string board, string key, int count = 16)
    {
        (_cluster, _board, _key, _lastAt) = (cluster, board, key, new long[count]);
        _running = [.. Enumerable.Range(0, count).Select(number => Task.Run(() => RunAsync(number)))];
    }

    /// <summary>How many requests were acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>How the others were answered, or what became of them.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    /// <summary>The longest time that any writer was without an acknowledgement since the last call of this.</summary>
    public TimeSpan TakeLongestPause() => TimeSpan.FromTicks(Interlocked.Exchange(ref _longestPause, 0));

    /// <summary>Ends when every writer was acknowledged so many times from now on.</summary>
    public async Task GoOnAsync(int times = 20)
    {
        for (var i = 0; i < times; i++)
        {
            var now = Stopwatch.GetTimestamp();
            var all = Eventually.TrueAsync(() => Task.FromResult(_lastAt.All(at => at > now)), "every writer was acknowledged");
            await await Task.WhenAny([all, .. _running]);
        }
    }

    /// <summary>Ends when every writer got on all through that time.</summary>
    public async Task GoOnForAsync(TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
            await GoOnAsync(1);
    }

    /// <summary>Lets every request under way end.</summary>
    public async Task StopAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_running);
        _enough.Dispose();
    }

    /// <summary>Compares the account with the standings, entry by entry and in their order.</summary>
    public void Check(IReadOnlyList<(string User, double Score)> standings)
    {
        var held = standings.ToDictionary(static row => row.User, static row => row.Score);
        Assert.All(_account, entry => Assert.InRange(held.GetValueOrDefault(entry.Key), entry.Value.Sure, entry.Value.Possible));
        Assert.Empty(held.Keys.Except(_account.Keys));
        Assert.Equal(held.Values.OrderDescending(), standings.Select(static row => row.Score));
    }

    private async Task RunAsync(int number)
    {
        var random = new Random(number);
        var repeats = number % 2 == 0;
        var last = Stopwatch.GetTimestamp();
        for (var request = 0; !_enough.IsCancellationRequested; request++)
        {
            var scores = Enumerable.Range(0, BatchSize).Select(_ => ($"{number}-{random.Next(PlayersEach)}", random.Next(1, 100))).ToArray();
            var entries = scores.Select((score, i) => new { user_id = score.Item1, score = score.Item2, idempotency_key = repeats ? $"{number}-{request}-{i}" : null });
            var body = JsonSerializer.Serialize(new { entries }, WithoutNulls);
            Note(scores, sure: false);
            for (var attempt = 0; ; attempt++)
            {
                var gateways = _cluster.InRotation;
                if (await TryAsync(gateways[(number + request + attempt) % gateways.Count], body))
                {
                    Note(scores, sure: true);
                    Interlocked.Increment(ref _acknowledged);
                    NotePause(Stopwatch.GetElapsedTime(last));
                    Volatile.Write(ref _lastAt[number], last = Stopwatch.GetTimestamp());
                    break;
                }

                if (!repeats)
                    break;
            }
        }
    }

    private async Task<bool> TryAsync(Node gateway, string body)
    {
        string failure;
        try
        {
            var answer = await _cluster.SendAsync(gateway, HttpMethod.Post, $"/tenants/acme/leaderboards/{_board}/entries", body, _key);
            if (answer.Status == HttpStatusCode.OK)
            {
                Assert.DoesNotContain("rejected", answer.Body, StringComparison.Ordinal);
                return true;
            }

            Assert.True(answer.Status >= HttpStatusCode.InternalServerError, $"{answer}");
            failure = $"{(int)answer.Status} {answer.Body}";
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            failure = error.Message;
        }

        lock (_failures)
            _failures.Add($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {failure}");
        return false;
    }

    private void Note((string User, int Points)[] scores, bool sure)
    {
        lock (_account)
        {
            foreach (var (user, points) in scores)
            {
                var (was, might) = _account.GetValueOrDefault(user);
                _account[user] = sure ? (was + points, might) : (was, might + points);
            }
        }
    }

    private void NotePause(TimeSpan pause)
    {
        long longest;
        while (pause.Ticks > (longest = Volatile.Read(ref _longestPause)))
            Interlocked.CompareExchange(ref _longestPause, pause.Ticks, longest);
    }
}
