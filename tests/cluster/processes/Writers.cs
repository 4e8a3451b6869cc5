using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>
/// Writers that do not give up: each adds points to its own players, through whichever gateway answers, and keeps its own account of
/// what it was told. Half of them send idempotency keys and repeat a request until it is acknowledged, so that their account is exact;
/// the others never repeat one, so that what was not acknowledged may be there or not, each score once at the most. They write at a
/// steady pace, as players do, and leave the machine to the nodes.
/// </summary>
internal sealed class Writers : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private const int PlayersEach = 20;
    private const int BatchSize = 5;

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly RealCluster _cluster;
    private readonly IReadOnlyList<string> _boards;
    private readonly string _key;
    private readonly Node? _through;
    private readonly string _name = $"{Random.Shared.Next():x}";
    private readonly CancellationTokenSource _enough = new();
    private readonly Task[] _running;
    private readonly Dictionary<(string Board, string User), (double Sure, double Possible)> _account = [];
    private readonly List<string> _failures = [];
    private readonly long[] _lastAt;
    private long _acknowledged;
    private long _longestPause;
    private volatile bool _abandoned;

    /// <param name="cluster">Where to.</param>
    /// <param name="boards">Each writer writes to them in turn.</param>
    /// <param name="key">May write to them.</param>
    /// <param name="count">How many writers.</param>
    /// <param name="through">The one node that they call; null for all gateways.</param>
    public Writers(RealCluster cluster, IReadOnlyList<string> boards, string key, int count = 16, Node? through = null)
    {
        (_cluster, _boards, _key, _through, _lastAt) = (cluster, boards, key, through, new long[count]);
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
    }

    /// <summary>The same, when the test has failed for another reason.</summary>
    public async ValueTask DisposeAsync()
    {
        // What would acknowledge a repeated request may be down.
        _abandoned = true;
        await _enough.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _enough.Dispose();
    }

    /// <summary>Compares the accounts of several, who wrote to the same boards, with what a gateway shows, entry by entry and in their order.</summary>
    public static async Task CheckAsync(RealCluster cluster, Node gateway, params Writers[] all)
    {
        foreach (var board in all.SelectMany(static writers => writers._boards).Distinct())
        {
            var standings = await cluster.StandingsAsync(gateway, board);
            var held = standings.ToDictionary(static row => row.User, static row => row.Score);
            var account = all.SelectMany(static writers => writers._account).Where(entry => entry.Key.Board == board).ToList();
            Assert.All(account, entry => Assert.InRange(held.GetValueOrDefault(entry.Key.User), entry.Value.Sure, entry.Value.Possible));
            Assert.Empty(held.Keys.Except(account.Select(static entry => entry.Key.User)));
            Assert.Equal(held.Values.OrderDescending(), standings.Select(static row => row.Score));
        }
    }

    private async Task RunAsync(int number)
    {
        using var pace = new PeriodicTimer(Pace);
        var random = new Random(number);
        var repeats = number % 2 == 0;
        var last = Stopwatch.GetTimestamp();
        for (var request = 0; !_enough.IsCancellationRequested; request++)
        {
            await pace.WaitForNextTickAsync();
            var board = _boards[(number + request) % _boards.Count];
            var scores = Enumerable.Range(0, BatchSize).Select(_ => ($"{_name}-{number}-{random.Next(PlayersEach)}", random.Next(1, 100))).ToArray();
            var entries = scores.Select((score, i) => new { user_id = score.Item1, score = score.Item2, idempotency_key = repeats ? $"{_name}-{number}-{request}-{i}" : null });
            var body = JsonSerializer.Serialize(new { entries }, WithoutNulls);
            Note(board, scores, sure: false);
            for (var attempt = 0; ; attempt++)
            {
                var gateways = _cluster.InRotation;
                if (await TryAsync(_through ?? gateways[(number + request + attempt) % gateways.Count], board, body))
                {
                    Note(board, scores, sure: true);
                    Interlocked.Increment(ref _acknowledged);
                    NotePause(Stopwatch.GetElapsedTime(last));
                    Volatile.Write(ref _lastAt[number], last = Stopwatch.GetTimestamp());
                    break;
                }

                if (!repeats || _abandoned || _through is { Runs: false })
                    break;
            }
        }
    }

    private async Task<bool> TryAsync(Node gateway, string board, string body)
    {
        string failure;
        try
        {
            var answer = await _cluster.SendAsync(gateway, HttpMethod.Post, $"/tenants/acme/leaderboards/{board}/entries", body, _key);
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

    private void Note(string board, (string User, int Points)[] scores, bool sure)
    {
        lock (_account)
        {
            foreach (var (user, points) in scores)
            {
                var (was, might) = _account.GetValueOrDefault((board, user));
                _account[(board, user)] = sure ? (was + points, might) : (was, might + points);
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
