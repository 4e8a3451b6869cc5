using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Laurel.Standalone;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests;

/// <summary>The real program in a process of its own, on a free port, with data that outlives it.</summary>
internal sealed class LaurelProcess : IAsyncDisposable
{
    public const string AdminKey = "the-operators-key-of-the-journeys";

    private readonly TempDirectory _data = new();
    private readonly StringBuilder _output = new();
    private readonly (string Name, string Value)[] _settings;
    private Process? _process;

    private LaurelProcess((string Name, string Value)[] settings)
    {
        _settings = settings;
        Client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Sends to the server that runs now. Addresses are to be made with <see cref="Url"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its process id.</summary>
    public int Id => _process!.Id;

    /// <param name="settings">Of its environment, besides those that every journey needs.</param>
    public static async Task<LaurelProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var laurel = new LaurelProcess(settings);
        await laurel.RunAsync();
        return laurel;
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again on the same data.</summary>
    /// <param name="samePlace">At the same address too, for those who come back to it.</param>
    public async Task RunAsync(bool samePlace = false)
    {
        if (!samePlace)
            Address = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        var start = new ProcessStartInfo("dotnet", [typeof(StandaloneHost).Assembly.Location, "--urls", Address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Laurel__DataDirectory"] = _data.Path,
                ["Laurel__AdminKey"] = AdminKey,
            },
        };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(IsReadyAsync, "the server is ready");
    }

    /// <summary>Asks it to end, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return _process.ExitCode;
    }

    public Uri Url(string path) => new(Address + path);

    /// <summary>Sends JSON with a key; the answer must have the status.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string key = AdminKey)
    {
        using var response = await SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), key);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, string key)
    {
        using var request = new HttpRequestMessage(method, Url(path)) { Content = body };
        request.Headers.Add("X-API-Key", key);
        return await Client.SendAsync(request);
    }

    /// <summary>Makes tenant <c>acme</c> with a board, and returns a game key for it with a high limit.</summary>
    public async Task<string> MakeBoardAsync(string board, string config)
    {
        await SendAsync(HttpMethod.Post, "/tenants", """{"tenant_id":"acme"}""", HttpStatusCode.Created);
        await SendAsync(HttpMethod.Post, "/tenants/acme/leaderboards", $$"""{"leaderboard_id":"{{board}}",{{config}}}""", HttpStatusCode.Created);
        var key = await SendAsync(
            HttpMethod.Post, "/tenants/acme/keys",
            $$"""{"kind":"game","rate_limit":{"requests":1000000,"seconds":60},"leaderboard_id":"{{board}}"}""", HttpStatusCode.Created);
        return key.GetProperty("api_key").GetString()!;
    }

    /// <summary>All standings of a board in rank order.</summary>
    public async Task<List<(string User, double Score, int Rank)>> StandingsAsync(string board)
    {
        List<(string, double, int)> standings = [];
        while (true)
        {
            var page = await SendAsync(HttpMethod.Get, $"/v1/leaderboards/acme/{board}?limit=1000&offset={standings.Count}", null, HttpStatusCode.OK);
            standings.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => (
                entry.GetProperty("user_id").GetString()!, entry.GetProperty("score").GetDouble(), entry.GetProperty("rank").GetInt32())));
            if (standings.Count >= page.GetProperty("total").GetInt32())
                return standings;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Client.Dispose();
        _data.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, $"The server ended:\n{_output}");
        try
        {
            using var answer = await Client.GetAsync(Url("/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
