using System.Text;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>Viewers who stay, and how long a message takes to reach them all.</summary>
internal sealed class ViewerCrowd(TimeProvider clock) : IDisposable
{
    private const int OpeningAtOnce = 32;
    private const int PingSeconds = 15;

    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TellWithin = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _leaving = new();
    private readonly HttpConnection _http = new();
    private RawViewer[] _viewers = [];
    private long[] _arrivals = [];
    private int _httpPort;
    private int _gone;
    private Telling? _telling;

    /// <summary>Opens all, and returns when each has what it waits for.</summary>
    public async Task OpenAsync(OpenViewers plan)
    {
        _viewers = new RawViewer[plan.Viewers];
        _arrivals = new long[plan.Viewers];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Viewers), new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce }, async (index, _) => await OpenAsync(plan, index));
        if (plan.Ping is { } ping)
            _ = PingAsync(ping);
    }

    /// <summary>Sends the request, and returns when all viewers have the message.</summary>
    /// <exception cref="TimeoutException">Not all had it in time.</exception>
    public async Task<Arrivals> TellAsync(TellViewers plan)
    {
        if (_httpPort != plan.Port)
            await _http.ConnectAsync(_httpPort = plan.Port, _leaving.Token);
        var telling = new Telling(Encoding.UTF8.GetBytes(plan.Marker), _viewers.Length);
        Volatile.Write(ref _telling, telling);
        var request = Encoding.UTF8.GetBytes(plan.Request);
        var began = clock.GetTimestamp();
        var answer = await _http.ExchangeAsync(request, _leaving.Token);
        var answered = clock.GetElapsedTime(began).TotalMilliseconds;
        if (answer.Status != 200)
            throw new IOException($"The change was answered {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}");
        try
        {
            await telling.Complete.Task.WaitAsync(TellWithin, clock);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{telling.Missing} of {_viewers.Length} viewers were not told within {TellWithin.TotalSeconds} s; {Volatile.Read(ref _gone)} have lost their connection.");
        }

        double[] waits = [.. _arrivals.Select(arrival => clock.GetElapsedTime(began, arrival).TotalMilliseconds).Order()];
        return new Arrivals(answered, waits[0], waits[waits.Length / 2], waits[^1], telling.Message!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        foreach (var viewer in _viewers)
            viewer?.Dispose();
        _http.Dispose();
        _leaving.Dispose();
    }

    private async Task OpenAsync(OpenViewers plan, int index)
    {
        var viewer = _viewers[index] = new RawViewer();
        await viewer.ConnectAsync(plan.Port, plan.Path, _leaving.Token);
        if (plan.Greeting is { } greeting)
            await viewer.SendAsync(greeting, _leaving.Token);
        var ready = plan.Ready is null ? null : Encoding.UTF8.GetBytes(plan.Ready);
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = StayAsync();
        if (ready is not null)
            await isReady.Task.WaitAsync(OpenWithin, clock);

        async Task StayAsync()
        {
            await viewer.ReadAsync(Take, _leaving.Token);
            Interlocked.Increment(ref _gone);
            isReady.TrySetException(new IOException("The server closed a connection before it was ready."));
        }

        void Take(ReadOnlyMemory<byte> message)
        {
            if (ready is not null && !isReady.Task.IsCompleted && message.Span.IndexOf(ready) >= 0)
                isReady.TrySetResult();
            else if (Volatile.Read(ref _telling) is { } telling && message.Span.IndexOf(telling.Marker) >= 0)
                Arrive(index, telling, message);
        }
    }

    private void Arrive(int index, Telling telling, ReadOnlyMemory<byte> message)
    {
        _arrivals[index] = clock.GetTimestamp();
        telling.Message ??= Encoding.UTF8.GetString(message.Span);
        if (Interlocked.Decrement(ref telling.Missing) == 0)
            telling.Complete.TrySetResult();
    }

    /// <summary>Each viewer's turn comes every fifteen seconds, as clients do it.</summary>
    private async Task PingAsync(string ping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var second = 0; !_leaving.IsCancellationRequested && await timer.WaitForNextTickAsync(_leaving.Token); second++)
        {
            for (var i = second % PingSeconds; i < _viewers.Length; i += PingSeconds)
                await _viewers[i].SendAsync(ping, _leaving.Token);
        }
    }

    private sealed class Telling(byte[] marker, int viewers)
    {
        public int Missing = viewers;

        public byte[] Marker => marker;

        public string? Message { get; set; }

        public TaskCompletionSource Complete { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
