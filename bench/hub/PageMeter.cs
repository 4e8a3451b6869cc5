using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>A page of a headless Chromium, asked over the DevTools protocol, one question at a time.</summary>
internal sealed class PageMeter : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _browser;
    private readonly ClientWebSocket _tools = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private string? _session;
    private int _questions;

    private PageMeter(ChildProcess browser) => _browser = browser;

    /// <summary>The program; null when this machine has none.</summary>
    public static string? Program => Names.Select(Programs.Find).FirstOrDefault(static program => program is not null);

    /// <summary>Starts a browser of its own with an empty profile, and opens an empty page.</summary>
    public static async Task<PageMeter> StartAsync(MacroContext context, string program, int width, int height)
    {
        var profile = context.Workspace.Make($"chromium-{Guid.NewGuid():N}");
        var meter = new PageMeter(ChildProcess.Start(new ProcessStartInfo(program,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank",
        ])));
        var port = Path.Combine(profile, "DevToolsActivePort");
        string[] address = [];
        await Waiting.UntilAsync(
            "Chromium to start",
            () =>
            {
                meter._browser.ThrowIfExited();
                address = File.Exists(port) ? File.ReadAllLines(port) : [];
                return Task.FromResult(address.Length == 2);
            },
            TimeSpan.FromMilliseconds(50), StartWithin, context.Clock, context.Cancellation);
        await meter._tools.ConnectAsync(new Uri($"ws://127.0.0.1:{address[0]}{address[1]}"), context.Cancellation);
        var target = await meter.AskAsync("Target.createTarget", new { url = "about:blank" });
        var session = await meter.AskAsync("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        meter._session = session.GetProperty("sessionId").GetString();
        await meter.AskAsync("Page.enable");
        await meter.AskAsync("Performance.enable", new { timeDomain = "threadTicks" });
        await meter.AskAsync("Network.enable");
        await meter.AskAsync("Network.setCacheDisabled", new { cacheDisabled = true });
        await meter.AskAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        return meter;
    }

    /// <summary>Runs a script in every page before its own.</summary>
    public Task PrepareAsync(string script) => AskAsync("Page.addScriptToEvaluateOnNewDocument", new { source = script });

    /// <summary>Goes to an address.</summary>
    public Task GoAsync(Uri address) => AskAsync("Page.navigate", new { url = address.ToString() });

    /// <summary>What a number's expression is worth in the page, a promise's once it is kept; null while it has no value.</summary>
    public async Task<double?> NumberAsync(string expression)
    {
        var answer = await AskAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        return answer.GetProperty("result").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }

    /// <summary>CPU seconds that the page's own thread has spent on it so far.</summary>
    public async Task<double> BusySecondsAsync()
    {
        var metrics = await AskAsync("Performance.getMetrics");
        return metrics.GetProperty("metrics").EnumerateArray().Single(static metric => metric.GetProperty("name").ValueEquals("TaskDuration")).GetProperty("value").GetDouble();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _tools.Dispose();
        await _browser.DisposeAsync();
    }

    private async Task<JsonElement> AskAsync(string method, object? parameters = null)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin);
        var id = ++_questions;
        var question = _session is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } })
            : JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { }, sessionId = _session });
        await _tools.SendAsync(question, WebSocketMessageType.Text, true, deadline.Token);
        while (true)
        {
            var message = await ReceiveAsync(deadline.Token);
            if (!message.TryGetProperty("id", out var answered) || answered.GetInt32() != id)
                continue;
            return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {message.GetRawText()}");
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellation)
    {
        var length = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _tools.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            length += received.Count;
        }
        while (!received.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
    }
}
