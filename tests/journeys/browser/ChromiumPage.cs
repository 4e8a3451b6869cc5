using System.Collections.Concurrent;
using System.Text.Json;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Browser;

/// <summary>One page: what a person would do there, and what they would see.</summary>
internal sealed class ChromiumPage
{
    private readonly DevTools _tools;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _faults = new();

    private ChromiumPage(DevTools tools, string session) => (_tools, _session) = (tools, session);

    /// <summary>Exceptions, and what the page's policy has forbidden.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<ChromiumPage> OpenAsync(DevTools tools, Uri address, int width, int height)
    {
        var target = (await tools.SendAsync("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString();
        var session = (await tools.SendAsync("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString()!;
        var page = new ChromiumPage(tools, session);
        tools.Happened += page.Note;
        await page.SendAsync("Runtime.enable");
        await page.SendAsync("Log.enable");
        await page.ResizeAsync(width, height);
        await page.SendAsync("Page.navigate", new { url = address.ToString() });
        return page;
    }

    public Task ResizeAsync(int width, int height) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    /// <summary>What an expression is worth in the page; a promise is waited for.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out var fault), fault.ValueKind == JsonValueKind.Undefined ? "" : fault.GetRawText());
        var result = answer.GetProperty("result");
        return result.TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>The texts of all elements that a selector finds.</summary>
    public async Task<string[]> TextsAsync(string selector) =>
        [.. (await EvaluateAsync($"[...document.querySelectorAll({Quote(selector)})].map(e => e.textContent)")).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Waits until an expression holds, also when a navigation comes between.</summary>
    public Task HoldsAsync(string expression) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                // What it looks at may not be there yet.
                return (await EvaluateAsync($"(() => {{ try {{ return !!({expression}); }} catch {{ return false; }} }})()")).ValueKind == JsonValueKind.True;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        },
        expression);

    /// <summary>Waits until these are the texts of what a selector finds.</summary>
    public Task ShowsAsync(string selector, params string[] texts) =>
        HoldsAsync($"JSON.stringify([...document.querySelectorAll({Quote(selector)})].map(e => e.textContent)) === {Quote(JsonSerializer.Serialize(texts, Plain))}");

    /// <summary>Presses a button or follows a link, found by its text, once it is there.</summary>
    public async Task PressAsync(string text)
    {
        var find = $"[...document.querySelectorAll('button, a, summary')].filter(e => e.textContent === {Quote(text)} && e.offsetParent !== null).at(-1)";
        await HoldsAsync(find);
        await EvaluateAsync($"{find}.click()");
    }

    /// <summary>Writes into the field with that label, once it is there.</summary>
    /// <param name="within">The heading of the form that it is in; null when there is one such label.</param>
    public async Task FillAsync(string label, string value, string? within = null)
    {
        var forms = within is null ? "document" : $"[...document.querySelectorAll('form')].find(f => f.querySelector('h2')?.textContent === {Quote(within)})";
        var find = $"document.getElementById([...({forms} ?? document).querySelectorAll('label')].find(l => l.textContent === {Quote(label)})?.htmlFor)";
        await HoldsAsync(find);
        await EvaluateAsync(
            $"(() => {{ const e = {find}; e.value = {Quote(value)}; for (const n of ['input', 'change']) e.dispatchEvent(new Event(n, {{ bubbles: true }})); }})()");
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private Task<JsonElement> SendAsync(string method, object? parameters = null) => _tools.SendAsync(method, parameters, _session);

    private void Note(string? session, string method, JsonElement parameters)
    {
        if (session != _session)
            return;
        if (method == "Runtime.exceptionThrown")
            _faults.Enqueue(parameters.GetRawText());
        // Requests that fail while the server is down are no fault of the page.
        if (method == "Log.entryAdded" && parameters.GetProperty("entry").GetProperty("source").GetString() is "security" or "javascript")
            _faults.Enqueue(parameters.GetRawText());
    }
}
